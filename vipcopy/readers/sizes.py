"""How much is read at all."""

LARGEST_FILE = 100_000_000  # bytes
