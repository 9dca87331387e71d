"""Clients of Concord against this server."""
