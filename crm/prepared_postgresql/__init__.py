"""Django's PostgreSQL, which keeps the plans of statements that are run again and again."""
