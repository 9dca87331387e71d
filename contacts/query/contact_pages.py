"""Find one page of contacts in one of ten ways.

- *merge*: nothing but the order by name or by id asked for: one index range per principal;
- *follow*: a tag or project, by name: its links are in that order (`following.py`);
- *kinds*: nothing but several kinds, in an order that begins with the kind (`by_kind.py`);
- *begin*: a filter that many may fit: the page is full after a few contacts (`beginning.py`);
- *seek*: nothing but words: those that few have lead to a probe, those that many have are merged
  with what is seen, on SQLite (`worded.py`, `sought.py`);
- *spell*: the same on PostgreSQL, by name: letter by letter of the names (`initials.py`);
- *probe*: any other filter: the ids that match, ten thousand at most, then the page among them;
- *parts*: an order that no index of contacts has, value by value or along other rows (`parted.py`);
- *gather*: more than a probe takes, of whom the first in order have too few (`gathering.py`);
- *walk*: anything else: along the index of the order, asking each row (`walking.py`).

Far behind the beginning a page is read from the nearest place that is known (`places.py`); what a
probe has found serves the other pages of its list (`kept_lists.py`).
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db import router
from django.db.models import Q, QuerySet

from contacts.access import Actor
from contacts.access.ids import ManyIds
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.beginning import first_in_order
from contacts.query.broad import forget_breadth, known_breadth, note_breadth
from contacts.query.by_kind import page_by_kind
from contacts.query.compiler import as_few, as_set, row_by_row
from contacts.query.decoding import StoredDocuments
from contacts.query.estimating import at_least, estimated
from contacts.query.following import followed, followed_page
from contacts.query.gathering import gathered
from contacts.query.initials import ids_by_initials
from contacts.query.kept_lists import kept_list, kept_page, note_list, note_page
from contacts.query.led import led_rows
from contacts.query.merging import MERGED, merged_page, suits
from contacts.query.ordering import Columns, Ordering, Raw, columns_of
from contacts.query.page_rows import written
from contacts.query.parted import page_in_parts
from contacts.query.people import among_persons
from contacts.query.reading import find_contacts
from contacts.query.sizes import SAMPLED_FROM, last_id
from contacts.query.sought import count_matching, merged_words, walked_words
from contacts.query.statements import Rows
from contacts.query.tied import page_by_several
from contacts.query.totals import (
    EXACT_UP_TO,
    Total,
    exact_total,
    kept_total,
    page_total,
    share_total,
    shown_total,
)
from contacts.query.tree import MAX_OFFSET, Page, Query
from contacts.query.unfiltered import is_unfiltered, unfiltered_total
from contacts.query.walking import gone_on, noted, reach_to, sliced, walked
from contacts.query.worded import few_ids

READ_AT_ONCE = 1_000
UNORDERED: Ordering = []


def contact_page(actor: Actor, query: Query) -> Page:
    """Return one page; two statements, three when the total is large and not known."""
    asked = Asked(actor, query, router.db_for_read(Contact))
    if query.condition is not None or asked.is_searched:
        asked, rows, found = _found(asked)
        # What circles tell needs no counting to its end.
        up_to = None if is_unfiltered(asked) else query.count_up_to
        total = shown_total(found, query, len(rows), up_to=up_to)
    else:
        rows = _plain(asked)
        total = shown_total(_total(asked, rows), query, len(rows)) if query.total else len(rows)
    documents = StoredDocuments(actor, [body for _pk, body, *_order in rows])
    ids = [row[0] for row in rows]
    return Page(documents, total, query.offset, query.limit, ids, is_near=asked.nearly)


def matching_ids(actor: Actor, query: Query, limit: int) -> list[int]:
    """Return the ids of at most `limit` contacts that match, in the query's order."""
    asked = Asked(actor, query, router.db_for_read(Contact))
    return [pk for (pk,) in _matched(asked, limit, asked.ordering)[1]]


def iter_contacts(actor: Actor, query: Query) -> Iterator[dict[str, Any]]:
    """Yield the documents of all contacts that match, in the query's order.

    For lists without an end: of all of them only the ids are held, and the documents are read in
    pieces. No statement stays open meanwhile: while a long answer is sent, the server lets the same
    connection write for somebody else, and SQLite refuses that at once ("database is locked") to
    one that still reads an older state.
    """
    asked = Asked(actor, query, router.db_for_read(Contact))
    ordered = asked.all_matching().order_by(*asked.ordering)
    end = min(MAX_OFFSET, query.offset + query.limit)
    ids = list(ordered.values_list("pk", flat=True)[query.offset : end])
    for start in range(0, len(ids), READ_AT_ONCE):
        piece = ids[start : start + READ_AT_ONCE]
        found = find_contacts(actor, piece, archived=None)
        # Whoever went or was hidden since the ids were read is left out.
        yield from (found[pk] for pk in piece if pk in found)


def count_contacts(actor: Actor, query: Query) -> int:
    """Return the exact number of contacts that match; counted once as long as nothing changes."""
    asked = Asked(actor, query, router.db_for_read(Contact))
    return exact_total(asked.key, lambda: count_matching(asked))


def _plain(asked: Asked) -> Rows:
    """Return a page of everything that the actor sees."""
    columns = columns_of(asked.ordering)
    if columns is not None and columns.names in MERGED and asked.query.limit:
        reach, shelves = reach_to(asked), asked.shelves
        if suits(asked.actor, shelves, reach):
            rows = merged_page(asked.actor, columns, reach, shelves=shelves, using=asked.using)
            return noted(asked, rows, reach)
    return _walked(asked)


def _walked(asked: Asked) -> Rows:
    """Return a page along some index of its order, or of everybody put in order."""
    rows = page_in_parts(asked)
    rows = page_by_several(asked, _walked) if rows is None else rows
    if rows is not None:
        return rows
    if columns_of(asked.ordering) is None and _are_few(asked):
        return _probed(asked, [(pk,) for pk in _everybody(asked)], None)[0]
    return walked(asked)


def _far_behind(asked: Asked, listed: Asked) -> Rows:
    """Return a page of very many that match, none of whom may stand among the first.

    What is `listed` is the same, perhaps of persons alone.
    """
    rows, is_in_parts = None, columns_of(asked.ordering) is None
    if is_in_parts and len(asked.query.sort) > 1:
        return _walked(asked)
    if is_in_parts:
        rows = page_in_parts(asked, are_near=True)
    rows = gathered(asked, listed) if rows is None else rows
    return _walked(listed) if rows is None else rows


def _are_few(asked: Asked) -> bool:
    """Tell whether so few contacts are seen that all of them are put in order by their ids."""
    return is_unfiltered(asked) and unfiltered_total(asked).number <= EXACT_UP_TO


def _everybody(asked: Asked) -> list[int]:
    return list(asked.all_matching().values_list("pk", flat=True))


def _found(asked: Asked) -> tuple[Asked, Rows, Total]:
    """Return a page of what matches, its total, and what was asked for in the end."""
    ids = kept_list(asked.list_key)
    if ids is not None:
        return asked, written(_paged(asked.query, ids), asked.using), Total(len(ids))
    ids = kept_page(_window(asked))
    if ids is not None:
        return asked, written(ids, asked.using), _counted(asked)
    listed = among_persons(asked)
    if listed is not asked:
        # By its total a page is read from the end that is nearer.
        share_total(asked.key, listed.key)
    rows = gone_on(listed)
    few = few_ids(asked) if rows is None else None
    if rows is None and few is None:
        rows = _of_many(asked, listed)
    if rows is not None:
        return asked, _kept(asked, rows), _counted(asked)
    if few is not None or not _are_surely_many(asked, EXACT_UP_TO):
        columns = columns_of(asked.ordering)
        along = columns.deciding if columns else ()
        asked, found = _matched(asked, EXACT_UP_TO + 1, along=along, few=few)
        if len(found) <= EXACT_UP_TO:
            return asked, *_probed(asked, found, columns)
        note_breadth(asked.list_key, is_even=True)
    note_breadth(listed.list_key, is_even=True)
    return asked, _kept(asked, _begun(listed) or _far_behind(asked, listed)), _counted(asked)


def _are_surely_many(asked: Asked, most: int) -> bool:
    """Tell whether a sample of very many contacts shows that more than `most` match."""
    if asked.is_searched or not asked.may_be_many or last_id(asked.using) <= SAMPLED_FROM:
        return False
    number = at_least(asked.matching(row_by_row))
    if number > EXACT_UP_TO:
        note_breadth(asked.list_key, is_even=True, at_least=number)
    return number > most


def _of_many(asked: Asked, listed: Asked) -> Rows | None:
    """Return a page where many may match or are known to, else None."""
    for way in (merged_words, _spelt, page_by_kind, _begun, walked_words):
        rows = way(listed)
        if rows:
            return rows
    if not known_breadth(listed.list_key):
        return None
    rows = _far_behind(asked, listed)
    if len(rows) < asked.query.limit and not asked.query.offset:
        # Too few for a page: walking went through everything.
        forget_breadth(asked.list_key)
        forget_breadth(listed.list_key)
    return rows


def _window(asked: Asked) -> Hashable:
    return asked.list_key, asked.query.offset, asked.query.limit


def _kept(asked: Asked, rows: Rows) -> Rows:
    """Return the rows of a page, which answer the same question again."""
    if not asked.nearly:
        note_page(_window(asked), [row[0] for row in rows])
    return rows


def _spelt(asked: Asked) -> Rows | None:
    """Return the page by the letters of names, or None where that is no way or finds nobody."""
    ids = ids_by_initials(asked)
    return written(ids, asked.using) if ids else None


def _begun(asked: Asked) -> Rows | None:
    """Return the page among the first contacts, or None where they do not fill it."""
    query = asked.query
    links = followed(asked.actor, query)
    if links is not None:
        fitting = partial(asked.fitting, is_told=links.is_all)
        rows = asked.rows("followed", lambda: followed_page(links, query, fitting))
        return rows if len(rows) == query.limit else None
    known = known_breadth(asked.list_key)
    if not (known.is_even if known else asked.may_be_many):
        return None
    first = first_in_order(query, asked.ordering, is_long=known is not None)
    if first is None:
        return None
    shape = (known is not None,)
    rows = asked.rows("begun", lambda: _begun_page(asked, first), *shape)
    if known and len(rows) < query.limit:
        note_breadth(asked.list_key, is_even=False)
    return rows if len(rows) == query.limit else None


def _begun_page(asked: Asked, first: Callable[[], Q]) -> QuerySet[Any, Any]:
    return sliced(asked, asked.matching(row_by_row).filter(first()), led=True)


def _counted(asked: Asked) -> Total:
    """Return the total; the count is put together only when it is not known.

    Where no rows are asked for, it is the answer and has to be exact.
    """
    query = asked.query
    if not query.total:
        return Total(0)
    is_told = is_unfiltered(asked)
    if query.count_up_to is not None and query.count_up_to <= EXACT_UP_TO and not is_told:
        return Total(_counted_on(asked, query.count_up_to))

    def count() -> int:
        return count_matching(asked, are_many=True)

    if not query.limit:
        return Total((exact_total if is_told else kept_total)(asked.key, count))
    if is_told:
        return unfiltered_total(asked)

    def guess() -> int:
        return estimated(asked.matching(row_by_row))

    return page_total(asked.key, count, guess, using=asked.using)


def _counted_on(asked: Asked, most: int) -> int:
    """Return how many match, or one more than `most`, where the count ends."""
    if known_breadth(asked.list_key) or _are_surely_many(asked, most):
        return most + 1
    return exact_total((asked.key, most), lambda: _counted_until(asked, most + 1))


def _counted_until(asked: Asked, most: int) -> int:
    """Return how many match, at most so many."""
    asked, found = _matched(asked, most)
    number = len(set(found))
    if len(found) < most or number == most:
        return number
    # Some came more than once, and others may follow.
    return min(most, count_matching(asked))


def _matched(
    asked: Asked,
    limit: int,
    ordering: Ordering = UNORDERED,
    *,
    along: Sequence[str] = (),
    few: Sequence[int] | None = None,
) -> tuple[Asked, Rows]:
    """Return the ids that match, behind the columns that are brought along.

    Also what was asked in the end: perhaps for similar words. Only the `few` that are known to
    have the words are looked at, where they are known.
    """
    shape = (limit, bool(ordering), tuple(along), asked.nearly)
    found = asked.rows("matched", lambda: _matching_ids(asked, limit, ordering, along, few), *shape)
    if found or asked.nearly or not (asked.query.lenient and asked.query.search.strip()):
        return asked, found
    similar, found = _matched(replace(asked, nearly=True), limit, ordering, along=along)
    return (similar if found else asked), found


def _matching_ids(
    asked: Asked,
    limit: int,
    ordering: Ordering,
    along: Sequence[str],
    few: Sequence[int] | None,
) -> QuerySet[Any, Any]:
    is_of_all = limit > EXACT_UP_TO + 1 or asked.is_seen_first
    led = led_rows(asked, along, limit, few) if not (is_of_all or ordering) else None
    if led is not None:
        return led
    shape = as_set if ordering else as_few
    matching = asked.all_matching() if is_of_all else asked.matching(shape, few)
    return matching.order_by(*ordering).values_list(*map(Raw, along), "pk")[:limit]


def _probed(asked: Asked, found: Rows, columns: Columns | None) -> tuple[Rows, Total]:
    """Return the page among what was found, and how many that are."""
    query = asked.query
    if columns is None:
        found_ids = list({pk for (pk,) in found})
        if query.offset >= len(found_ids) or not query.limit:
            return [], Total(len(found_ids))
        among = Contact.objects.using(asked.using).filter(pk__among=ManyIds(found_ids))
        return list(sliced(asked, among)), Total(len(found_ids))
    # Both databases put these columns in order as Python does. What leads to a contact may do so
    # more than once.
    ids = list(dict.fromkeys([row[-1] for row in sorted(found, reverse=columns.is_down)]))
    if not asked.nearly:
        note_list(asked.list_key, ids)
    return written(_paged(query, ids), asked.using), Total(len(ids))


def _paged(query: Query, ids: Sequence[int]) -> list[int]:
    return list(ids[query.offset : query.offset + query.limit])


def _total(asked: Asked, rows: Rows) -> Total:
    query = asked.query
    if rows and len(rows) < query.limit:
        return Total(query.offset + len(rows))
    return unfiltered_total(asked)
