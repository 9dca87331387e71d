"""Find the contacts that have an address near a place on the map."""

from collections.abc import Mapping
from dataclasses import replace
from math import asin, cos, degrees, radians, sin, sqrt

from api.civicrm.actions.reading import get
from api.civicrm.calls import Call, Records
from api.civicrm.errors import CiviApiError, bad_option, missing_params
from contacts.access import Actor
from contacts.query import And, Condition, Or, Query, search, where

# Kilometres in one of each; without a unit distances are metres.
_UNITS: Mapping[str, float] = {
    "meter": 0.001,
    "kilometer": 1.0,
    "mile": 1.609344,
}
_RADIUS = 6371.0
_TURNS = (-360.0, 0.0, 360.0)
# In a circle with more addresses than this nothing is looked for.
MOST = 20_000


def proximity(call: Call) -> Records:
    """Return the contacts within a ``distance`` of a ``latitude`` and ``longitude``.

    Raises CiviApiError for what is no place or no distance, and for a circle that is too full.
    """
    lacking = [name for name in _NAMES if call.params.get(name) in (None, "")]
    if lacking:
        raise missing_params(*lacking)
    latitude, longitude, distance = (_number(call, name) for name in _NAMES)
    unit = str(call.params.get("unit") or "meter").strip().lower().removesuffix("s")
    unit = unit.replace("metre", "meter")
    if unit not in _UNITS:
        raise bad_option("unit", call.params["unit"])
    ids = _near(call.actor, (latitude, longitude), distance * _UNITS[unit])
    if not ids:
        return Records({})
    own = {name: value for name, value in call.params.items() if name not in (*_NAMES, "unit")}
    return get(replace(call, params={**own, "id": {"IN": ids}}))


_NAMES = ("latitude", "longitude", "distance")


def _number(call: Call, name: str) -> float:
    try:
        number = float(str(call.params[name]))
    except ValueError:
        raise CiviApiError(f"{name} is not a valid number", 2001, error_field=name) from None
    most = {"latitude": 90.0, "longitude": 180.0}.get(name, 1e9)
    if not -most <= number <= most:
        raise CiviApiError(f"{name} is not a valid number", 2001, error_field=name)
    return number


def _near(actor: Actor, centre: tuple[float, float], kilometres: float) -> list[int]:
    """Return the contacts that have an address in the circle; the box around it is asked for."""
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
