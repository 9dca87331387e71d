"""Fields of modules: how each is described, shown, written, compared and ordered by."""
