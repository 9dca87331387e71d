"""Show the pages that belong to no dialect."""
