"""Speak the core of APIv4 on the entities of version 3 (specification, section 14)."""
