"""Audit an archive of letters: spark-submit audit_archive.py ARCHIVE TARGET --date sent (docs/scale.md)."""

import sys

from vipcopy.contrib.audit import main

sys.exit(main())
