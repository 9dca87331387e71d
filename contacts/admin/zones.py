"""Time zones to choose from."""

import zoneinfo
from functools import cache

# What the database of zones keeps for old programs.
ABBREVIATED = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def zone_options() -> tuple[tuple[str, str], ...]:
    """Return the zones by region and city, in order of their names."""
    names = sorted(
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(ABBREVIATED)
    )
    return (("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names))
