"""Take a line such as "54A Excelsior Ave. Apt 1C" apart: number, its suffix, street, unit."""

import re
from collections.abc import Mapping

# What a part of a house is called on envelopes.
_UNITS = (
    *("apt", "apartment", "bsmt", "basement", "bldg", "building", "dept", "department", "fl"),
    *("floor", "frnt", "front", "lbby", "lobby", "lot", "lowr", "lower", "ofc", "office", "ph"),
    *("penthouse", "rear", "rm", "room", "spc", "space", "ste", "suite", "trlr", "trailer"),
    *("unit", "uppr", "upper"),
)
_NUMBER = re.compile(r"(?P<number>\d+)(?:-?(?P<letters>[^\W_]{1,8})|\s+(?P<half>\d/\d))?(?=\s|$)")
_UNIT = re.compile(rf"\s(?P<unit>(?:(?:{'|'.join(_UNITS)})\b\.?(?:\s+\S+)?|#\s*\S+))\s*$", re.I)


def parts_of_street(line: str) -> Mapping[str, str]:
    """Return the parts that a line has, by the domain's names."""
    rest = line.strip()
    found = _NUMBER.match(rest)
    rest = rest[found.end() :] if found else f" {rest}"
    unit = _UNIT.search(rest)
    parts = {
        "street_number": found["number"] if found else "",
        "street_number_suffix": (found["letters"] or found["half"] or "") if found else "",
        "street_name": (rest[: unit.start()] if unit else rest).strip(" ,")[:64],
        "street_unit": unit["unit"].strip()[:16] if unit else "",
    }
    return {name: part for name, part in parts.items() if part}
