"""Turn fields of the catalogue into those of the wire, and back."""
