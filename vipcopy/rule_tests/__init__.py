"""Rules tried on the sentences that they carry, and on texts of a house."""
