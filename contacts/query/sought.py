"""Searches for words that many contacts have.

To ask of each of a million contacts that have a word whether it is seen takes long. On SQLite what
an actor sees and what the index of words finds both come in order, so they are merged; before that
the first that are seen are looked at, which fills the page of what very many have. Who sees by too
many rows to merge goes along the names of all. PostgreSQL counts the texts that have the words,
without their contacts.
"""

from django.db import connections

from contacts.access.visibility import tells_all
from contacts.query.asked import Asked
from contacts.query.led import led_at_once, led_ids
from contacts.query.merging import MERGED, count_in_both, count_sought, merged_page, suits
from contacts.query.ordering import Columns, columns_of
from contacts.query.places import Reach
from contacts.query.searching import Sought
from contacts.query.statements import Rows
from contacts.query.unfiltered import count_unfiltered, is_unfiltered
from contacts.query.walking import noted, reach_to, walked
from contacts.query.worded import (
    checked_of,
    is_of_words,
    seen_ids,
    seen_texts,
    sought_of,
    unseen_ids,
)

# So many that are seen are looked at in order: a page of what very many have is among them.
FIRST = 2_000


def merged_words(asked: Asked) -> Rows | None:
    """Return the page of what many have, merged from what is seen; None where that is no way."""
    columns, sought = columns_of(asked.ordering), _sought(asked)
    if columns is None or sought is None or columns.names not in MERGED:
        return None
    reach = reach_to(asked)
    if not suits(asked.actor, asked.shelves, reach):
        return None
    rows = _merged(asked, columns, reach, checked_of(asked, FIRST))
    if len(rows) < asked.query.limit:
        rows = _merged(asked, columns, reach, sought)
    return noted(asked, rows, reach)


def walked_words(asked: Asked) -> Rows | None:
    """Return the page of what very many have, along what they are ordered by; None as above."""
    if columns_of(asked.ordering) is None or _sought(asked) is None:
        return None
    return walked(asked) if asked.may_be_many else None


def _sought(asked: Asked) -> Sought | None:
    return sought_of(asked) if is_of_words(asked) and asked.query.limit else None


def _merged(asked: Asked, columns: Columns, reach: Reach, sought: Sought) -> Rows:
    shelves, using = asked.shelves, asked.using
    return merged_page(asked.actor, columns, reach, shelves=shelves, using=using, sought=sought)


def count_matching(asked: Asked, *, are_many: bool = False) -> int:
    """Return how many contacts match; one statement. It may be known that they are many."""
    if is_unfiltered(asked):
        return count_unfiltered(asked)
    found = _count_words(asked) if _is_counted_by_words(asked) else None
    if found is not None:
        return found
    ids = led_at_once(asked) if are_many or asked.may_be_many else led_ids(asked)
    return asked.all_matching().count() if ids is None else ids.count()


def _is_counted_by_words(asked: Asked) -> bool:
    """Tell whether to count what the words lead to; PostgreSQL itself tells many from few."""
    if not is_of_words(asked):
        return False
    archived, users, stage = asked.shelf
    is_told = tells_all(asked.actor, archived=archived, users=users, stage=stage)
    return (is_told and connections[asked.using].vendor == "postgresql") or asked.may_be_many


def _count_words(asked: Asked) -> int | None:
    """Return how many have the words, or None where that is asked like everything else."""
    if connections[asked.using].vendor == "postgresql":
        texts = seen_texts(asked)
        return texts.count() if texts is not None else None
    actor, sought, shelves = asked.actor, sought_of(asked), asked.shelves
    if sought is None:
        return None
    if suits(actor, shelves, Reach(0, 0)):
        return count_sought(actor, sought, shelves=shelves, using=asked.using)
    if not actor.is_administrator:
        return count_in_both(sought, seen_ids(asked).distinct(), using=asked.using)
    apart = unseen_ids(asked)
    return count_in_both(sought, apart, using=asked.using, but=True) if apart is not None else None
