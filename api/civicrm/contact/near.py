"""Find the contacts that have an address near a place on the map."""

from collections.abc import Mapping
from dataclasses import replace

from api.civicrm.actions.reading import get
from api.civicrm.calls import Call, Records
from api.civicrm.contact.circles import FARTHEST, MILE, bounded, contacts_near
from api.civicrm.errors import bad_option, missing_params

# Kilometres in one of each; without a unit distances are metres.
_UNITS: Mapping[str, float] = {
    "meter": 0.001,
    "kilometer": 1.0,
    "mile": MILE,
}
# The farthest that each may be.
_BOUNDS = dict(zip(("latitude", "longitude", "distance"), (*FARTHEST, 1e9), strict=True))


def proximity(call: Call) -> Records:
    """Return the contacts within a ``distance`` of a ``latitude`` and ``longitude``.

    Raises CiviApiError for what is no place or no distance, and for a circle that is too full.
    """
    lacking = [name for name in _BOUNDS if call.params.get(name) in (None, "")]
    if lacking:
        raise missing_params(*lacking)
    latitude, longitude, distance = (
        bounded(name, call.params[name], most) for name, most in _BOUNDS.items()
    )
    unit = str(call.params.get("unit") or "meter").strip().lower().removesuffix("s")
    unit = unit.replace("metre", "meter")
    if unit not in _UNITS:
        raise bad_option("unit", call.params["unit"])
    ids = contacts_near(call.actor, (latitude, longitude), distance * _UNITS[unit])
    if not ids:
        return Records({})
    own = {name: value for name, value in call.params.items() if name not in (*_BOUNDS, "unit")}
    return get(replace(call, params={**own, "id": {"IN": ids}}))
