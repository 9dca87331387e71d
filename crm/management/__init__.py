"""Hold the commands that need domain and dialects together."""
