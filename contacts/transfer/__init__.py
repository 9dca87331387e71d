"""Bring many contacts in and out at once."""
