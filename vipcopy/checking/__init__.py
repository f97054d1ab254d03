"""A document to a report: hits are settled, told as findings with their fixes, and scored."""
