"""The manners of this dialect, from the wire."""
