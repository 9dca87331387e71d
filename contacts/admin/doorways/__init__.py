"""Screens of the ways in: web forms with what came through them, and credentials of programs."""
