"""Speak the dialects: every package in here but base and wire is one protocol."""
