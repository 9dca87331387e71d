"""Searches for words that very many contacts have.

To ask of each of a million contacts that have a word whether it is seen takes long. On SQLite what
an actor sees and what the index of words finds both come in order, so they are merged. The page
goes along the names of what is seen, or of all who has some other way to see; where that fills it
soon, `beginning` has found it. PostgreSQL counts the texts that have the words, without their
contacts.
"""

from django.db import connections

from contacts.query.asked import Asked
from contacts.query.led import led_ids
from contacts.query.merging import MERGED, count_in_both, count_sought, merged_page, suits
from contacts.query.ordering import columns_of
from contacts.query.places import Reach
from contacts.query.statements import Rows
from contacts.query.unfiltered import count_unfiltered, is_unfiltered
from contacts.query.walking import noted, reach_to, walked
from contacts.query.worded import (
    is_of_words,
    seen_ids,
    seen_texts,
    sought_of,
    unseen_ids,
)


def sought_page(asked: Asked) -> Rows | None:
    """Return the page, or None where this is no way to it."""
    columns = columns_of(asked.ordering)
    if columns is None or not asked.query.limit or not _is_of_common_words(asked):
        return None
    sought = sought_of(asked)
    if sought is None:
        return None
    reach, shelves, using = reach_to(asked), asked.shelves, asked.using
    if columns.names in MERGED and suits(asked.actor, shelves, reach):
        rows = merged_page(asked.actor, columns, reach, shelves=shelves, using=using, sought=sought)
        return noted(asked, rows, reach)
    return walked(asked)


def count_matching(asked: Asked) -> int:
    """Return how many contacts match; one statement."""
    if is_unfiltered(asked):
        return count_unfiltered(asked)
    found = _count_words(asked) if _is_of_common_words(asked) else None
    if found is not None:
        return found
    ids = None if asked.may_be_many else led_ids(asked)
    return asked.all_matching().count() if ids is None else ids.count()


def _is_of_common_words(asked: Asked) -> bool:
    return is_of_words(asked) and asked.may_be_many


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
