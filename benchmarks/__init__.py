"""Measured claims: each script prints its figures and exits with 1 when one misses its bar."""
