"""Circles on the map, and who lives in them."""

from collections.abc import Sequence
from math import asin, cos, degrees, nan, radians, sin, sqrt

from api.civicrm.calls import Asked
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.filters import Filter
from contacts.access import Actor
from contacts.query import And, Condition, Or, Query, search, where

_RADIUS = 6371.0
_TURNS = (-360.0, 0.0, 360.0)
# Kilometres.
MILE = 1.609344
# In a circle with more addresses than this nothing is looked for.
MOST = 20_000

# Parameters of `get`: how far, from where, and what distances are in (kilometres unless said).
DISTANCE = "prox_distance"
PLACE = ("prox_geo_code_1", "prox_geo_code_2")
UNIT = "prox_distance_unit"
# Degrees from the equator, and from Greenwich.
FARTHEST = (90.0, 180.0)


def within_circle(actor: Actor, asked: Asked) -> Sequence[Filter]:
    """Return the filters of a call with the ids of who is in the circle that it draws.

    Raises CiviApiError for what is no circle.
    """
    given = {each.name: each.operand for each in asked.filters if each.name in NAMES}
    if DISTANCE not in given:
        return asked.filters
    distance = bounded(DISTANCE, given.get(DISTANCE), 1e5)
    latitude, longitude = (
        bounded(name, given.get(name), most) for name, most in zip(PLACE, FARTHEST, strict=True)
    )
    is_in_miles = str(given.get(UNIT, "")).strip().lower().startswith("mile")
    kilometres = distance * (MILE if is_in_miles else 1.0)
    ids = contacts_near(actor, (latitude, longitude), kilometres)
    others = [each for each in asked.filters if each.name not in NAMES]
    return [*others, Filter("id", "IN", ids or [0])]


NAMES = frozenset({DISTANCE, UNIT, *PLACE})


def bounded(name: str, value: object, most: float) -> float:
    """Return the number that a parameter has; raises CiviApiError for none, and beyond a bound."""
    try:
        number = float(str(value))
    except ValueError:
        number = nan
    if not -most <= number <= most:
        raise CiviApiError(f"{name} is not a valid number", 2001, error_field=name)
    return number


def contacts_near(actor: Actor, centre: tuple[float, float], kilometres: float) -> list[int]:
    """Return the contacts that have an address in the circle; the box around it is asked for.

    Raises CiviApiError for a circle that is too full.
    """
    high = degrees(kilometres / _RADIUS)
    shrink = cos(radians(min(abs(centre[0]) + high, 90.0)))
    wide = 180.0 if shrink < 1e-9 else min(high / shrink, 180.0)

    def between(key: str, low: float, most: float) -> Condition:
        bounds = (("ge", low), ("le", most))
        return And(tuple(where(actor, key, each, end, kind="address") for each, end in bounds))

    # East of 180 degrees the west begins.
    strips = (
        between("longitude", centre[1] + turn - wide, centre[1] + turn + wide) for turn in _TURNS
    )
    box = And((between("latitude", centre[0] - high, centre[0] + high), Or(tuple(strips))))
    found = search(actor, Query("address", box, limit=MOST + 1, users=True, total=False))
    if len(found.documents) > MOST:
        told = f"More than {MOST} addresses are that near: give a smaller distance"
        raise CiviApiError(told, 2001, error_field="distance")
    near = {
        int(str(each["contact_id"]))
        for each in found.documents
        if _apart(centre, (float(str(each["latitude"])), float(str(each["longitude"]))))
        <= kilometres
    }
    return sorted(near)


def _apart(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the kilometres between two places, along the surface of the earth."""
    first, second = (radians(place[0]) for place in (here, there))
    across = radians(there[1] - here[1])
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(across / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(half)))
