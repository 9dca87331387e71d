"""Define public forms over the wire: their settings and the sections of their page."""
