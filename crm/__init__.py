"""Assemble the server out of the domain and the dialects."""
