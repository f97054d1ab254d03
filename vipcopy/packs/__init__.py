"""Rule files: found, locked and read into records, every mistake with its place."""
