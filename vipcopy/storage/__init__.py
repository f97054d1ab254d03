"""What is kept on the disk, and how it is read again in pieces: compiled rules in the user's cache, digests, stats."""
