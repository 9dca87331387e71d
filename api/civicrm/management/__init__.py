"""Commands of this dialect."""
