"""Compose a call step by step, for people: what can be chosen, how each environment writes it."""
