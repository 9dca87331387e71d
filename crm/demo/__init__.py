"""Synthetic contacts that look like people's, the same for the same seed."""
