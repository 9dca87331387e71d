"""Programs that talk to a running server as published clients do."""
