"""The example site of a house that writes letters to its clients."""
