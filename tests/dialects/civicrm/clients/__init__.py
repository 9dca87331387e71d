"""Real clients of the original, unmodified, against the real server process."""
