"""Letters and notes as pages."""
