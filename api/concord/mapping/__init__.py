"""Translate between wire names and values and those of the catalogue."""
