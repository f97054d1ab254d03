"""Findings as comments of a Word file."""

from vipcopy.comments.write import write_comments

__all__ = ["write_comments"]
