"""The ids that match a filter, from what leads to them: a tag's links, a name's keys, words.

Who is seen is asked of each id, and only what is left is looked at as a contact: reading the
contacts first takes twice as long for whoever sees a third of them.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from contacts.access.visibility import contact_condition, rows_checked
from contacts.access.visible_at_once import standing_apart
from contacts.fields.storage.lookups import Compared, PerRow
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.compiler import as_set

Ids = QuerySet[Any, Any]


def led_ids(asked: Asked, limit: int | None = None, few: Sequence[int] | None = None) -> Ids | None:
    """Return the ids of at most `limit` contacts that match; None where nothing leads to them.

    Where it is known which `few` may match, they lead.
    """
    if asked.actor.is_administrator:
        return None
    archived, users, stage = asked.shelf
    seen = rows_checked(asked.actor, archived=archived, users=users, stage=stage)
    if seen is None:
        return None
    if few is not None:
        among = seen.filter(contact_id__among=few)
        return among.using(asked.using).order_by().values_list("contact_id").distinct()[:limit]
    leading, rest = _parted(asked.condition(as_set))
    if leading is None:
        return None
    ids = seen.filter(contact_id__in=leading)
    if rest:
        ids = ids.filter(Q(PerRow(Contact.objects.filter(rest, pk=OuterRef("contact_id")))))
    return ids.using(asked.using).order_by().values_list("contact_id").distinct()[:limit]


def led_along(asked: Asked) -> QuerySet[Contact] | None:
    """Return the contacts that match for a walk along an index that has nothing but its order.

    On SQLite: all that lead to a contact are found first, and the others are passed without being
    read. None where that is no way.
    """
    leading, rest = _parted(asked.condition(as_set))
    seen = _seen(asked)
    if connections[asked.using].vendor != "sqlite" or leading is None or seen is None:
        return None
    found = Q(In(Compared("pk", output_field=BigIntegerField()), leading))
    if rest:
        seen &= Q(PerRow(Contact.objects.filter(rest, pk=OuterRef("pk"))))
    return Contact.objects.using(asked.using).filter(found, seen)


def _seen(asked: Asked) -> Q | None:
    """Return "is seen" in few words; None where an administrator leaves out many."""
    archived, users, stage = asked.shelf
    if not asked.actor.is_administrator:
        return contact_condition(asked.actor, archived=archived, users=users, stage=stage)
    apart = standing_apart(archived=archived, users=users, stage=stage)
    return ~Q(pk__in=apart.values("pk")) if apart is not None else None


def _parted(condition: Q) -> tuple[Ids | RawSQL | None, Q]:
    """Return the first set of ids that every contact has to be in, and the rest of a condition."""
    leading: Ids | RawSQL | None = None
    rest = Q()
    for child in condition.children if _is_of_all(condition) else (condition,):
        if leading is None and isinstance(child, tuple) and _leads(child):
            leading = child[1]
        elif leading is None and isinstance(child, Q) and _is_of_all(child):
            leading, remaining = _parted(child)
            rest &= remaining
        else:
            rest &= child if isinstance(child, Q) else Q(child)
    return leading, rest


def _is_of_all(condition: Q) -> bool:
    return condition.connector == Q.AND and not condition.negated


def _leads(child: tuple[str, Any]) -> bool:
    name, value = child
    if name != "pk__in" or not isinstance(value, QuerySet | RawSQL):
        return False
    return isinstance(value, RawSQL) or not (value.query.combinator or value.query.is_sliced)
