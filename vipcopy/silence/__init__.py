"""What drops findings: comments in the text, files beside it, waivers of rules and the baseline."""
