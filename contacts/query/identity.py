"""What makes two conditions the same question: a value that can be looked up quickly.

Fields are told apart by key and storage: one that is narrowed to a pick, or to one type of phone,
keeps its key. Whatever else a field is follows from the catalogue.
"""

from collections.abc import Hashable

from contacts.fields import Field
from contacts.query.tree import And, Compare, Condition, Not, Or


class _Unlike:
    """Equal to nothing else: what stands here is asked anew each time."""


def identity_of(condition: Condition | None) -> Hashable:
    """Return a value that equal questions share."""
    if condition is None:
        return None
    if isinstance(condition, Compare):
        return identity_of_field(condition.field), condition.comparison
    if isinstance(condition, Not):
        return "not", identity_of(condition.part)
    if isinstance(condition, And | Or):
        word = "and" if isinstance(condition, And) else "or"
        return (word, *map(identity_of, condition.parts))
    # The records that are related are a query of their own.
    return _Unlike()


def identity_of_field(field: Field) -> Hashable:
    """Return a value that equal fields share; not hashable where the storage is not."""
    return field.kind, field.key, field.storage
