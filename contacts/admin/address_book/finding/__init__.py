"""Filters over the whole catalogue: conditions in groups, edited without scripts, told in words."""
