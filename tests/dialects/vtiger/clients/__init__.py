"""Clients written for the original, unmodified, against this server."""
