"""A list of what only persons have, asked as one of persons where nobody else has it.

In the order of names all companies come before the first person: who walks along it, or looks at
the first, would pass them for nothing. That nobody else has it is asked of the few that have what
is not theirs (`contacts.fields.personal`).
"""

from dataclasses import replace

from contacts.fields.contact_declaring import CODES
from contacts.fields.personal import TOLD
from contacts.fields.storage import Counted
from contacts.models import Contact, ContactKey
from contacts.query.asked import Asked
from contacts.query.kinds import kinds_among, of_kind
from contacts.query.leading import BY_KIND
from contacts.query.sizes import SAMPLED_FROM, last_id
from contacts.query.tree import And, Compare, Condition, Or

Names = frozenset[str]

NOTHING: Names = frozenset()
# What these ask for may be that there is no value.
OF_NONE = frozenset({"ne", "has_none", "is_empty"})
ARE_PERSONS = of_kind(Contact.Kind.PERSON)


def among_persons(asked: Asked) -> Asked:
    """Return the same list, asked of persons alone where it has nobody else; one statement.

    Among fewer contacts than a sample is worth for it stays as it is.
    """
    condition = asked.query.condition
    if condition is None or asked.is_searched or asked.ordering[0] not in BY_KIND:
        return asked
    if last_id(asked.using) <= SAMPLED_FROM or kinds_among(condition):
        return asked
    names = _needed(condition)
    others = ContactKey.objects.using(asked.using).filter(code=CODES["impersonal"])
    if not names or others.filter(text__in=sorted(names)).exists():
        return asked
    return replace(asked, query=replace(asked.query, condition=And((condition, ARE_PERSONS))))


def _needed(condition: Condition) -> Names:
    """Return what rows say of whoever matches; nothing where it may be that none does."""
    if isinstance(condition, Compare):
        return frozenset({TOLD[condition.field.key]}) if _needs_a_value(condition) else NOTHING
    if isinstance(condition, And):
        return next(filter(None, map(_needed, condition.parts)), NOTHING)
    if isinstance(condition, Or):
        parts = [_needed(part) for part in condition.parts]
        return NOTHING.union(*parts) if all(parts) else NOTHING
    return NOTHING


def _needs_a_value(compare: Compare) -> bool:
    field, comparison = compare.field, compare.comparison
    if field.kind != "contact" or field.key not in TOLD:
        return False
    is_counted = isinstance(field.storage, Counted)
    if comparison.operator in OF_NONE:
        return comparison.operator == "is_empty" and not (comparison.value or is_counted)
    values = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    return all(value not in ("", None) and (value or not is_counted) for value in values)
