"""The rows that every new installation begins with, one module a subject."""
