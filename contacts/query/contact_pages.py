"""Find one page of contacts in one of five ways.

- *merge*: nothing but the order by name asked for: one index range per principal;
- *follow*: a tag or project, by name: its links are in that order (`following.py`);
- *begin*: a filter that many may fit: the page is full after a few contacts (`beginning.py`);
- *probe*: any other filter: the ids that match, ten thousand at most, then the page among them;
- *walk*: anything else: along the index of the order, asking each row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import router
from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy

from contacts.access import Actor
from contacts.access.visibility import shelves_of, visible_contacts
from contacts.access.visible_at_once import access_rows, all_visible_contacts
from contacts.models import Contact
from contacts.query import ids as _ids  # noqa: F401  # registers the lookup `among`
from contacts.query.beginning import first_in_order
from contacts.query.breadth import may_be_many
from contacts.query.compiler import Checked, Shape, as_set, compile_condition, row_by_row
from contacts.query.decoding import document_for
from contacts.query.following import first_links
from contacts.query.identity import identity_of, identity_of_field
from contacts.query.leading import leading
from contacts.query.merging import merged_page, suits
from contacts.query.ordering import Ordering, ordering_of
from contacts.query.reading import find_contacts
from contacts.query.searching import lenient_condition, search_condition
from contacts.query.statements import Rows, rows_of
from contacts.query.totals import EXACT_UP_TO, exact_total, kept_total, known_total
from contacts.query.tree import MAX_OFFSET, Page, Query, iter_comparisons

DEFAULT_ORDER = ("sort_name",)
READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the actor who asks and the database that answers.

    `nearly` lets in contacts whose words are only similar to those that are searched for.
    """

    actor: Actor
    query: Query
    using: str
    nearly: bool = False

    @property
    def stage(self) -> str | None:
        """Return the stage asked for; in the trash all stages lie together.

        A condition on the stage itself says what is wanted.
        """
        condition = self.query.condition
        named = condition is not None and any(
            compare.field.key == "stage" for compare, _depth in iter_comparisons(condition)
        )
        return None if self.query.archived or named else self.query.stage

    @property
    def ordering(self) -> Ordering:
        """Return what the list is ordered by."""
        return ordering_of(self.actor, self.query.sort, DEFAULT_ORDER)

    def matching(self, shape: Shape) -> QuerySet[Contact]:
        """Return the visible contacts that match, in no order."""
        query = self.query
        contacts = visible_contacts(
            self.actor, archived=query.archived, users=query.users, stage=self.stage
        )
        condition = compile_condition(self.actor, query.condition, shape)
        if condition and shape is row_by_row:
            condition = Q(Checked(condition)) & leading(query.condition, self.ordering)
        return contacts.using(self.using).filter(condition, self._words(shape))

    def all_matching(self) -> QuerySet[Contact]:
        """Return the same for a question about all of them: how many, which, each in turn."""
        query = self.query
        if not may_be_many(query.condition) or query.search.strip():
            return self.matching(as_set)
        contacts = all_visible_contacts(
            self.actor, archived=query.archived, users=query.users, stage=self.stage
        )
        condition = compile_condition(self.actor, query.condition, as_set)
        return contacts.using(self.using).filter(condition)

    def _words(self, shape: Shape) -> Q:
        query, using = self.query, self.using
        if query.lenient:
            return lenient_condition(query.search, nearly=self.nearly, shape=shape, using=using)
        return search_condition(query.search, wide=query.wide, shape=shape, using=using)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what the total depends on."""
        actor, query = self.actor, self.query
        seen = None if actor.is_administrator else (actor.user_id, frozenset(actor.rights.items()))
        words = (query.search, query.wide, query.lenient, self.nearly)
        return (self.using, seen, repr(query.condition), *words, *self._shelf)

    @property
    def _shelf(self) -> tuple[object, ...]:
        return (self.query.archived, self.query.users, self.stage)

    def rows(self, way: str, build: Callable[[], QuerySet[Any, Any]], *rest: object) -> Rows:
        """Return the rows of a statement that depends on nothing but what is asked, and the rest.

        Words are looked for in statements of their own: some of them are asked beforehand.
        """
        query = self.query
        if query.search.strip():
            return list(build())
        order = tuple((identity_of_field(key.field), key.descending) for key in query.sort)
        asked = (identity_of(query.condition), order, query.offset, query.limit, *self._shelf)
        return rows_of((way, self.actor.sight, asked, *rest), build, using=self.using)


def contact_page(actor: Actor, query: Query) -> Page:
    """Return one page; two statements, three when the total is large and not known."""
    asked = Asked(actor, query, router.db_for_read(Contact))
    if query.condition is not None or query.search.strip():
        begun = _begun(asked)
        if begun is None:
            asked, found = _matched(asked, EXACT_UP_TO + 1)
            begun = _probed(asked, found)
        rows, total = begun
    else:
        rows = _merged(asked) if _is_plain(asked) else _walked(asked)
        total = _total(asked, rows) if query.total else len(rows)
    documents = [document_for(actor, body) for _pk, body in rows]
    ids = [pk for pk, _body in rows]
    return Page(documents, total, query.offset, query.limit, ids, is_near=asked.nearly)


def matching_ids(actor: Actor, query: Query, limit: int) -> list[int]:
    """Return the ids of at most `limit` contacts that match, in the query's order."""
    asked = Asked(actor, query, router.db_for_read(Contact))
    return _matched(asked, limit, *asked.ordering)[1]


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
    return exact_total(asked.key, asked.all_matching().count)


def _is_plain(asked: Asked) -> bool:
    query = asked.query
    by_name = not query.sort or [key.field.key for key in query.sort] == ["sort_name"]
    if not by_name or query.archived is None:
        return False
    return suits(asked.actor, query.offset + query.limit)


def _merged(asked: Asked) -> Rows:
    query = asked.query
    total = known_total(asked.key) or 0
    end = min(query.offset + query.limit, total)
    # Behind the middle of a list whose length is known, the end of it is nearer.
    is_far = total < 2 * query.offset < 2 * total
    rows = merged_page(
        asked.actor,
        offset=total - end if is_far else query.offset,
        limit=end - query.offset if is_far else query.limit,
        descending=(bool(query.sort) and query.sort[0].descending) is not is_far,
        shelves=shelves_of(archived=query.archived, users=query.users, stage=asked.stage),
        using=asked.using,
    )
    return rows[::-1] if is_far else rows


def _begun(asked: Asked) -> tuple[Rows, int] | None:
    """Return the page among the first contacts, or None where they do not fill it."""
    actor, query = asked.actor, asked.query
    first = first_links(query) or first_in_order(actor, query, DEFAULT_ORDER)
    if first is None:
        return None
    rows = asked.rows("begun", lambda: _begun_page(asked, first()))
    if len(rows) < query.limit:
        return None
    return rows, _counted(asked)


def _begun_page(asked: Asked, first: Q) -> QuerySet[Any, Any]:
    query = asked.query
    contacts = asked.matching(row_by_row).filter(first).order_by(*asked.ordering)
    page = contacts.values_list("pk", "document__body")
    return page[query.offset : query.offset + query.limit]


def _counted(asked: Asked) -> int:
    """Return the total; the count is put together only when it is not known."""
    return kept_total(asked.key, lambda: asked.all_matching().count()) if asked.query.total else 0


def _walked(asked: Asked) -> Rows:
    return asked.rows("walked", lambda: _sliced(asked, asked.matching(row_by_row), led=True))


def _matched(asked: Asked, limit: int, *ordering: str | OrderBy) -> tuple[Asked, list[int]]:
    """Return the ids that match, and what was asked in the end: perhaps for similar words."""
    shape = (limit, bool(ordering), asked.nearly)
    rows = asked.rows("matched", lambda: _matching_ids(asked, limit, ordering), *shape)
    found = [pk for (pk,) in rows]
    if found or asked.nearly or not (asked.query.lenient and asked.query.search.strip()):
        return asked, found
    similar, found = _matched(replace(asked, nearly=True), limit, *ordering)
    return (similar if found else asked), found


def _matching_ids(
    asked: Asked, limit: int, ordering: Sequence[str | OrderBy]
) -> QuerySet[Any, Any]:
    matching = asked.all_matching() if limit > EXACT_UP_TO + 1 else asked.matching(as_set)
    return matching.order_by(*ordering).values_list("pk")[:limit]


def _probed(asked: Asked, found: list[int]) -> tuple[Rows, int]:
    if len(found) > EXACT_UP_TO:
        return _walked(asked), _counted(asked)
    if asked.query.offset >= len(found) or not asked.query.limit:
        return [], len(found)
    among = Contact.objects.using(asked.using).filter(Q(pk__among=found))
    return list(_sliced(asked, among)), len(found)


def _sliced(asked: Asked, contacts: QuerySet[Contact], *, led: bool = False) -> QuerySet[Any, Any]:
    """Return the page among the contacts, with its documents.

    The ids alone are put in order, and only the page's own rows are fetched: the database would
    carry along the documents of all that it leaves out. A page that an index leads to (`led`)
    leaves out nothing before its end.
    """
    query = asked.query
    window = slice(query.offset, query.offset + query.limit)
    if query.offset or not led:
        ids = contacts.order_by(*asked.ordering).values("pk")[window]
        contacts, window = Contact.objects.using(asked.using).filter(pk__in=ids), slice(None)
    return contacts.order_by(*asked.ordering).values_list("pk", "document__body")[window]


def _total(asked: Asked, rows: Rows) -> int:
    query = asked.query
    if rows and len(rows) < query.limit:
        return query.offset + len(rows)
    # The count is put together only when it is not known.
    return kept_total(asked.key, lambda: _all_ids(asked).count())


def _all_ids(asked: Asked) -> QuerySet[Any]:
    """Return the ids of everything that an unfiltered list holds, each once."""
    archived = asked.query.archived
    if asked.actor.is_administrator or archived is None:
        return asked.matching(row_by_row).values("pk")
    # Counted where the rule is stored: a tenth of asking contact by contact.
    query = asked.query
    rows = access_rows(asked.actor, archived=archived, users=query.users, stage=asked.stage)
    return rows.using(asked.using).values("contact_id").distinct()
