"""Questions for nothing but words: what finds the words, and who is seen or not, by themselves.

Both are read where they are indexed. The contacts, of which each row is long, are not.
"""

from typing import Any

from django.db import connections
from django.db.models import QuerySet

from contacts.access.visible_at_once import access_rows, standing_apart
from contacts.models import ContactText
from contacts.query import hints
from contacts.query.asked import Asked
from contacts.query.searching import (
    Sought,
    checked_by,
    indexed_words,
    sought_by,
    texts_with,
)
from contacts.query.trigrams import has_trigrams

Ids = QuerySet[Any, Any]


def is_of_words(asked: Asked) -> bool:
    """Tell whether nothing is asked but for words as they are typed."""
    return asked.is_searched and asked.query.condition is None and not asked.nearly


def sought_of(asked: Asked) -> Sought | None:
    """Return what finds the words on SQLite."""
    query = asked.query
    return sought_by(query.search, wide=query.wide, lenient=query.lenient, using=asked.using)


def checked_of(asked: Asked, most: int) -> Sought:
    """Return that as a condition for the first `most` contacts of the list, on SQLite."""
    query = asked.query
    return checked_by(query.search, wide=query.wide, lenient=query.lenient, most=most)


def few_ids(asked: Asked) -> list[int] | None:
    """Return the ids of all that have the words, whoever sees them; None if not few, or unknown."""
    few, using = hints.few(asked.using), asked.using
    found = _ids_of_words(asked, few + 1) if is_of_words(asked) else None
    if found is None or len(found) <= few:
        return found
    for word in indexed_words(asked.query.search):
        hints.note_holders(hints.Hint(word), using, len(found))
    return None


def _ids_of_words(asked: Asked, limit: int) -> list[int] | None:
    query, using = asked.query, asked.using
    if connections[using].vendor == "postgresql":
        texts = texts_with(query.search, wide=query.wide, lenient=query.lenient)
        if texts is None or not has_trigrams(using) or not indexed_words(query.search):
            return None
        return list(texts.using(using).values_list("contact_id", flat=True)[:limit])
    sought = sought_of(asked)
    if sought is None or sought.checked:
        return None
    with connections[using].cursor() as cursor:
        cursor.execute(f"{sought.sql} LIMIT {limit}", sought.params)
        return [pk for (pk,) in cursor.fetchall()]


def seen_ids(asked: Asked) -> Ids:
    """Return the ids of all contacts that anybody but an administrator sees."""
    archived, users, stage = asked.shelf
    rows = access_rows(asked.actor, archived=archived, users=users, stage=stage)
    return rows.values("contact_id")


def unseen_ids(asked: Asked) -> Ids | None:
    """Return the ids that a list of an administrator leaves out, where these are few."""
    archived, users, stage = asked.shelf
    apart = standing_apart(archived=archived, users=users, stage=stage)
    return apart.values("pk") if apart is not None else None


def seen_texts(asked: Asked) -> QuerySet[ContactText] | None:
    """Return the search texts that have the words, of what is seen; None where that is no way."""
    query, apart = asked.query, unseen_ids(asked)
    texts = texts_with(query.search, wide=query.wide, lenient=query.lenient)
    if texts is None:
        return None
    if not asked.actor.is_administrator:
        return texts.using(asked.using).filter(contact_id__in=seen_ids(asked))
    if apart is None:
        return None
    return texts.using(asked.using).exclude(contact_id__in=apart)
