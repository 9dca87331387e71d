"""Turn bytes of the wire into plain Python values, knowing neither Django nor the domain."""
