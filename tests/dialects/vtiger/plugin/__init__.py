"""An app of somebody else that adds an operation to the web service."""
