"""How many contacts of a kind there are: most of them are people, the others are counted.

Who sees how many contacts is known. Without organizations and households they are the people, who
would take several times as long to count.
"""

from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.lookups import In

from contacts.access.visibility import tells_all
from contacts.access.visible_at_once import access_rows, count_visible
from contacts.fields.storage.lookups import Compared
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.leading import kinds_of

KINDS = frozenset(Contact.Kind.values)


def count_kind(asked: Asked) -> int | None:
    """Return how many there are where nothing but a kind is asked for; None for other questions."""
    wanted = kinds_of(asked.query.condition)
    archived, users, stage = asked.shelf
    if not wanted or asked.is_searched or archived is None:
        return None
    if not tells_all(asked.actor, archived=archived, users=users, stage=stage):
        return None
    if Contact.Kind.PERSON not in wanted:
        return _seen(asked, wanted).count()
    others, using = KINDS - wanted, asked.using
    but = _seen(asked, others) if others else None
    found = count_visible(
        asked.actor, archived=archived, users=users, stage=stage, using=using, but=but
    )
    return found.total


def _seen(asked: Asked, kinds: frozenset[str]) -> QuerySet[Any, Any]:
    """Return the ids of all of these kinds that the actor sees."""
    archived, users, stage = asked.shelf
    seen = access_rows(asked.actor, archived=archived, users=users, stage=stage)
    # The index of kinds leads: SQLite would read each contact that is seen.
    among = In(Compared("pk", output_field=BigIntegerField()), seen.values("contact_id"))
    contacts = Contact.objects.using(asked.using).order_by()
    return contacts.filter(Q(among), kind__in=sorted(kinds)).values("pk")
