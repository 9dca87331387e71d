"""The domain: what a contact is and what may happen to it; it knows no dialect and no HTTP API."""
