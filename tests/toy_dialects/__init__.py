"""A folder in which a sixth dialect is found, as ``api`` is for the others."""
