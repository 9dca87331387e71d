"""The manners of the Wild Apricot dialect, from the wire."""
