"""Database migrations of the domain."""
