"""The entity Contact: its fields, how it is found, how it is written."""
