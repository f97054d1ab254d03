"""Regions of prose: what the reader marked and what the text itself shows — greeting, heading, quotation, signature."""

from vipcopy.regions.prose import read_prose

__all__ = ["read_prose"]
