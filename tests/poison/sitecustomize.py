"""A broken release of the library as letters meet it: some words harm the process that checks them.

Python imports this module by its name when its folder is on the path; only the process of a sandbox is harmed.
"""

import os
import signal
import sys
from pathlib import Path

ONCE = "VIPCOPY_TEST_ONCE"  # names a file: it is there once the process has been killed


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def die_once():
    done = Path(os.environ[ONCE])
    if not done.exists():
        done.touch()
        die()


def hang():
    Path(f"{os.environ[ONCE]}-{os.getpid()}").touch()  # for whoever waits for it
    while True:
        pass


def eat():
    bytearray(10**15)


def fail():
    raise ValueError("a fault of the program")


HARMS = {"смертельно": die, "однажды": die_once, "бесконечно": hang, "ненасытно": eat, "ошибочно": fail}


def poison():
    from vipcopy import Checker

    check = Checker.check_text

    def check_poisoned(self, text, **options):
        for word, harm in HARMS.items():
            if word in text:
                harm()
        return check(self, text, **options)

    Checker.check_text = check_poisoned


if any("vipcopy.contrib.sandbox" in argument for argument in sys.orig_argv):
    poison()
