"""Wrap every request in what concerns all of them alike."""
