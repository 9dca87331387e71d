"""The seams that all dialects share."""
