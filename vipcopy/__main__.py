"""`python -m vipcopy` and the command `vipcopy` are the command line."""

from __future__ import annotations

import gc

COLLECTED_AFTER = 100_000  # objects more than before


def main() -> None:
    """Run the command line. What a start makes stays: looking it through for rubbish took a fifth of its time."""
    gc.set_threshold(COLLECTED_AFTER)
    from vipcopy.cli import main as run

    try:
        run()
    finally:
        gc.freeze()  # nor is it looked through at the end


if __name__ == "__main__":
    main()
