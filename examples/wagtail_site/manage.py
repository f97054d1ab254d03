"""The commands of the example site: `python manage.py check`, `… check_pages`, `… publish_scheduled`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "house.settings")
    execute_from_command_line(sys.argv)
