"""Rules to a checker that is ready to run: compiled once, kept, and joined with what a house adds."""
