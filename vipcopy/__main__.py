"""`python -m vipcopy` is the command line."""

from vipcopy.cli import main

if __name__ == "__main__":
    main()
