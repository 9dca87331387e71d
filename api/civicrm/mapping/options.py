"""The lists of choices: on the wire each choice has a number, a name and a label."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.civicrm.grammar.filters import Filter
from api.civicrm.option_lists import machine_name
from api.wire.regular import matches
from contacts.fields import reference
from contacts.fields.atlas import atlas
from contacts.fields.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice; ``stored`` is what the domain keeps for it, ``plain`` how the domain names it."""

    number: str
    name: str
    label: str
    stored: object
    abbreviation: str = ""
    is_active: bool = True
    plain: str = ""


def choices_of(list_name: str) -> Sequence[Choice]:
    """Return the choices of a list, in order; read again only when the lists change."""
    return reference.kept(f"civicrm:{list_name}", "catalogue", lambda: _read(list_name))


def choice_stored_as(list_name: str, stored: object) -> Choice | None:
    """Return the choice for which the domain keeps this, or None."""
    return reference.kept(
        f"civicrm:{list_name}:stored",
        "catalogue",
        lambda: {choice.stored: choice for choice in choices_of(list_name)},
    ).get(stored)


def find_choice(list_name: str, value: object) -> Choice | None:
    """Return the choice with this number, name or label, whatever its case, or None."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    choices = choices_of(list_name)
    found = next((each for each in choices if each.number == text), None)
    if found is not None:
        return found
    wanted = fold(text)
    named = (
        each
        for each in choices
        if wanted in map(fold, (each.name, each.label, each.abbreviation, each.plain))
    )
    return next(named, None) if wanted else None


def sides_of(choice: Choice) -> dict[str, str]:
    """Return what an option says of itself: ``gender_id.label`` and the like."""
    return {"value": choice.number, "name": choice.name, "label": choice.label}


def _read(list_name: str) -> list[Choice]:
    if list_name == "country":
        entries = sorted(atlas().countries.values(), key=lambda entry: entry.name)
        return [
            Choice(str(entry.atlas_id), entry.code, entry.name, entry.id, entry.code)
            for entry in entries
        ]
    return [
        Choice(
            str(option.number),
            machine_name(option),
            option.label,
            option.pk,
            "",
            option.is_active,
            option.name,
        )
        for option in reference.options().of(list_name)
    ]


_Test = Callable[[object, object], bool]


def _like(value: object, pattern: object) -> bool:
    # A wildcard behind a backslash means itself.
    parts = re.split(r"(\\.|[%_])", fold(str(pattern)), flags=re.DOTALL)
    written = "".join(
        {"%": ".*", "_": "."}.get(part) or re.escape(part[part.startswith("\\") :])
        for part in parts
    )
    return re.fullmatch(written, fold(str(value)), re.DOTALL) is not None


def ordered_by(value: object) -> tuple[int, float, str]:
    """Return what values are ordered by: numbers as numbers, and before texts."""
    text = str(value)
    try:
        return (0, float(text), "")
    except ValueError:
        return (1, 0.0, fold(text))


def _among(value: object, several: object) -> bool:
    items = several if isinstance(several, list) else [several]
    return any(ordered_by(value) == ordered_by(item) for item in items)


def _between(value: object, several: object) -> bool:
    low, high = several if isinstance(several, list) else (several, several)
    return ordered_by(low) <= ordered_by(value) <= ordered_by(high)


_TESTS: dict[str, _Test] = {
    "=": lambda value, operand: ordered_by(value) == ordered_by(operand),
    "<": lambda value, operand: ordered_by(value) < ordered_by(operand),
    "<=": lambda value, operand: ordered_by(value) <= ordered_by(operand),
    ">": lambda value, operand: ordered_by(value) > ordered_by(operand),
    ">=": lambda value, operand: ordered_by(value) >= ordered_by(operand),
    "LIKE": _like,
    "IN": _among,
    "BETWEEN": _between,
    "REGEXP": lambda value, operand: matches(str(operand), str(value)),
}
# What is left out by an operator is what another one takes.
OPPOSITES = {
    "NOT REGEXP": "REGEXP",
    "!=": "=",
    "NOT LIKE": "LIKE",
    "NOT IN": "IN",
    "NOT BETWEEN": "BETWEEN",
}


def meets(asked: Filter, value: object) -> bool:
    """Say whether a value that is in memory meets a filter; nothing meets only IS NULL."""
    is_empty = value is None or value == ""
    if asked.operator == "IS NULL":
        return is_empty
    if is_empty:
        return False
    if asked.operator == "IS NOT NULL":
        return True
    if asked.operator in OPPOSITES:
        return not _TESTS[OPPOSITES[asked.operator]](value, asked.operand)
    return _TESTS[asked.operator](value, asked.operand)
