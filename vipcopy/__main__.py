"""`python -m vipcopy` and the command `vipcopy` are the command line."""

from __future__ import annotations

import gc
import os
import sys

COLLECTED_AFTER = 100_000  # objects more than before


def main() -> None:
    """Run the command line and end the process with its exit code.

    What a start makes stays: to look it through for rubbish took a fifth of its time, to take it apart at the end a
    twentieth.
    """
    gc.set_threshold(COLLECTED_AFTER)
    from vipcopy.cli import main as run

    code = run()
    if "multiprocessing" in sys.modules:
        sys.exit(code)  # processes of its own may have to be ended
    os._exit(code)


if __name__ == "__main__":
    main()
