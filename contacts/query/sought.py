"""Searches for words that very many contacts have.

On SQLite what an actor sees and what the index of words finds both come in order, so they are
merged: to ask of each of a million contacts that have a word whether it is seen takes several times
as long. The page goes along the names of what is seen; where that fills it soon, `beginning` has
found it. PostgreSQL counts the texts that have the words, without their contacts.
"""

from django.db import connections

from contacts.query.asked import Asked
from contacts.query.merging import MERGED, count_sought, merged_page, suits
from contacts.query.ordering import columns_of
from contacts.query.places import Reach
from contacts.query.statements import Rows
from contacts.query.walking import noted, reach_to


def sought_page(asked: Asked) -> Rows | None:
    """Return the page, or None where this is no way to it."""
    columns = columns_of(asked.ordering)
    if columns is None or columns.names not in MERGED or not asked.query.limit:
        return None
    if not asked.is_of_common_words:
        return None
    sought, reach, shelves = asked.sought, reach_to(asked), asked.shelves
    if sought is None or not suits(asked.actor, shelves, reach):
        return None
    using = asked.using
    rows = merged_page(asked.actor, columns, reach, shelves=shelves, using=using, sought=sought)
    return noted(asked, rows, reach)


def count_matching(asked: Asked) -> int:
    """Return how many contacts match; one statement."""
    actor, shelves = asked.actor, asked.shelves
    if actor.is_administrator or not asked.is_of_common_words:
        return asked.all_matching().count()
    if connections[asked.using].vendor == "postgresql":
        texts = asked.seen_texts
        return asked.all_matching().count() if texts is None else texts.count()
    sought = asked.sought
    if sought is None or not suits(actor, shelves, Reach(0, 0)):
        return asked.all_matching().count()
    return count_sought(actor, sought, shelves=shelves, using=asked.using)
