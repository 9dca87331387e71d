"""Django's SQLite, where writers that wait for each other get their turn soon."""
