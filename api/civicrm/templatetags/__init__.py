"""Tags of this dialect for templates."""
