"""The ids that match a filter, from what leads to them: a tag's links, a name's keys, words.

Who is seen is asked of each id, and only what is left is looked at as a contact: reading the
contacts first takes twice as long for whoever sees a third of them.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from contacts.access.ids import ManyIds
from contacts.access.visibility import contact_condition, rows_checked, standing, tells_all
from contacts.access.visible_at_once import access_rows, standing_apart
from contacts.fields.storage.lookups import Compared, PerRow
from contacts.models import Contact, ContactAccess, ContactProject, ContactTag
from contacts.query.asked import Asked
from contacts.query.compiler import as_set, row_by_row
from contacts.query.ordering import Raw

Ids = QuerySet[Any, Any]

# What an index leads to in the order of the contacts,
IN_ORDER = (ContactAccess, ContactProject, ContactTag)
# and by name: each of them has this column.
NAMED = ("sort_name",)


def led_ids(asked: Asked, limit: int | None = None, few: Sequence[int] | None = None) -> Ids | None:
    """Return the ids of at most `limit` contacts that match; None where nothing leads to them.

    Where it is known which `few` may match, they lead.
    """
    found = _led(asked, few)
    return _each_once(found)[:limit] if found is not None else None


def led_rows(
    asked: Asked, along: Sequence[str], limit: int, few: Sequence[int] | None
) -> Ids | None:
    """Return the same behind columns of the contacts; a contact may come more than once."""
    found = _led(asked, few)
    if found is None:
        return None
    is_sqlite = connections[asked.using].vendor == "sqlite"
    if tuple(along) == NAMED and found.rows.model in IN_ORDER:
        # They have the name themselves.
        named = found.rows.values_list(*map(Raw, along), found.owner)
        return (named.distinct() if is_sqlite else named)[:limit]
    if not (along or is_sqlite):
        # For having each contact once PostgreSQL reads all rows before it tells the first.
        return found.rows.values_list(found.owner)[:limit]
    ids = _each_once(found)[:limit]
    if not along:
        return ids
    if len(along) > 1 or is_sqlite:
        return Contact.objects.filter(pk__in=ids).order_by().values_list(*map(Raw, along), "pk")
    contact = Contact.objects.filter(pk=OuterRef(found.owner)).order_by()
    columns = [Subquery(contact.values(raw=Raw(name))) for name in along]
    return found.rows.values_list(*columns, found.owner)[:limit]


class Led(NamedTuple):
    """Rows that lead to contacts, of those that match, and their column of the contact."""

    rows: QuerySet[Any, Any]
    owner: str


def led_to_all(asked: Asked, *, is_seen: bool = True) -> Led:
    """Return what leads to all that match, perhaps more than once; the contacts where nothing does.

    Where nobody has to see them (not `is_seen`), what leads is all that is asked.
    """
    found = _led(asked, None) if is_seen else None
    if found is not None:
        return found
    leading, _rest = (None, None) if is_seen else _parted(asked.condition(as_set))
    if isinstance(leading, QuerySet):
        return Led(leading.using(asked.using).order_by(), leading.query.values_select[0])
    if is_seen:
        return Led(asked.matching(as_set), "pk")
    contacts = Contact.objects.using(asked.using).order_by()
    return Led(contacts.filter(asked.condition(as_set)), "pk")


def _each_once(found: Led) -> Ids:
    """Return the ids of contacts of rows that may name one more than once."""
    if found.rows.model in IN_ORDER:
        return found.rows.values_list(found.owner).distinct()
    # SQLite would read all values of all contacts for having each contact once.
    column = Compared(F(found.owner), output_field=BigIntegerField())
    return found.rows.values_list(column).distinct()


def _led(asked: Asked, few: Sequence[int] | None) -> Led | None:
    if asked.actor.is_administrator:
        return None
    archived, users, stage = asked.shelf
    seen = rows_checked(asked.actor, archived=archived, users=users, stage=stage)
    if seen is None:
        return None
    if not tells_all(asked.actor, archived=archived, users=users, stage=stage):
        there = standing(archived=archived, users=users, stage=stage)
        seen = seen.filter(Q(PerRow(there.filter(pk=OuterRef("contact_id")))))
    if few is not None:
        among = seen.filter(contact_id__among=ManyIds(few))
        return Led(among.using(asked.using).order_by(), "contact_id")
    leading, rest = _parted(asked.condition(as_set))
    if leading is None:
        return None
    if isinstance(leading, RawSQL):
        rows, owner = seen.filter(contact_id__in=leading), "contact_id"
    else:
        # In the order of what leads, which mostly is that of the contacts: PostgreSQL would take
        # them out of it.
        owner = leading.query.values_select[0]
        rows = leading.filter(Q(PerRow(seen.filter(contact_id=OuterRef(owner)))))
    if rest:
        # Row by row: PostgreSQL might go through all contacts for each that is led to.
        fits = asked.condition(row_by_row)
        rows = rows.filter(Q(PerRow(Contact.objects.filter(fits, pk=OuterRef(owner)))))
    return Led(rows.using(asked.using).order_by(), owner)


def led_at_once(asked: Asked) -> Ids | None:
    """Return the ids of all that match where they are many, for their number; None as above.

    Who is seen is asked once for all of them, and no contact is read.
    """
    archived, users, stage = asked.shelf
    told = tells_all(asked.actor, archived=archived, users=users, stage=stage)
    if asked.is_seen_first or not told:
        return None
    leading, rest = _parted(asked.condition(as_set))
    if rest or not isinstance(leading, QuerySet):
        return None
    owner = leading.query.values_select[0]
    seen = access_rows(asked.actor, archived=archived, users=users, stage=stage)
    rows = leading.filter(**{f"{owner}__in": seen.values("contact_id")})
    return _each_once(Led(rows.using(asked.using).order_by(), owner))


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
    if isinstance(value, RawSQL):
        return True
    query = value.query
    return len(query.values_select) == 1 and not (query.combinator or query.is_sliced)
