"""`vipcopy serve`: a page where letters are written, and the checks behind it, over HTTP on one's own machine."""
