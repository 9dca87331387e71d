"""Whom a condition on a field of members can be true of: of everybody else the field is missing."""

from api.wildapricot.mapping.conditions import every, opposite
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.base import Asked
from contacts.query import Condition, where


def among_holders(field: WireField, asked: Asked, condition: Condition) -> Condition:
    """Return a condition on a custom field of members, of everybody else as if it were empty.

    What a member once had there is kept, and counts again when the contact has the field again.
    """
    if field.is_system or not field.member_only:
        return condition
    held = where(asked.actor, "is_member", "eq", True)
    if field.level_ids:
        held = where(asked.actor, "membership_level", "in", sorted(field.level_ids))
    # "ne" a value and "eq NULL" are true of whoever has none.
    is_equality = asked.operator in ("eq", "ne")
    wants_none = is_equality and (asked.operator == "eq") == asked.literal.is_null
    # As the opposite of what a value demands, so that a row of "ne" is joined as one of "eq" is.
    return opposite(every([held, opposite(condition)])) if wants_none else every([held, condition])
