"""Hold what every dialect's view does before and after its own work."""
