"""Findings to points: the nine guidelines, the score of a letter and what a change would bring."""
