"""Find one page of contacts in one of five ways.

- *merge*: nothing but the order by name asked for: one index range per principal;
- *follow*: a tag or project, by name: its links are in that order (`following.py`);
- *begin*: a filter that many may fit: the page is full after a few contacts (`beginning.py`);
- *probe*: any other filter: the ids that match, ten thousand at most, then the page among them;
- *walk*: anything else: along the index of the order, asking each row.
"""

from collections.abc import Iterator
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
from contacts.query.merging import merged_page, suits
from contacts.query.ordering import ordering_of
from contacts.query.searching import lenient_condition, search_condition
from contacts.query.totals import EXACT_UP_TO, exact_total, kept_total
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

    def matching(self, shape: Shape) -> QuerySet[Contact]:
        """Return the visible contacts that match, in no order."""
        query = self.query
        contacts = visible_contacts(
            self.actor, archived=query.archived, users=query.users, stage=self.stage
        )
        condition = compile_condition(self.actor, query.condition, shape)
        if condition and shape is row_by_row:
            condition = Q(Checked(condition))
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
        shelf = (query.archived, query.users, self.stage)
        words = (query.search, query.wide, query.lenient, self.nearly)
        return (self.using, seen, repr(query.condition), *words, *shelf)


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
    return _matched(asked, limit, *ordering_of(actor, query.sort, DEFAULT_ORDER))[1]


def iter_contacts(actor: Actor, query: Query) -> Iterator[dict[str, Any]]:
    """Yield the documents of all contacts that match, in the query's order; one statement.

    For lists without an end: they are read in pieces and never held as a whole.
    """
    asked = Asked(actor, query, router.db_for_read(Contact))
    ordered = asked.all_matching().order_by(*ordering_of(actor, query.sort, DEFAULT_ORDER))
    end = min(MAX_OFFSET, query.offset + query.limit)
    rows = ordered.values_list("document__body", flat=True)[query.offset : end]
    for body in rows.iterator(chunk_size=READ_AT_ONCE):
        yield document_for(actor, body)


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


def _merged(asked: Asked) -> list[tuple[int, str]]:
    query = asked.query
    return merged_page(
        asked.actor,
        offset=query.offset,
        limit=query.limit,
        descending=bool(query.sort) and query.sort[0].descending,
        shelves=shelves_of(archived=query.archived, users=query.users, stage=asked.stage),
        using=asked.using,
    )


def _begun(asked: Asked) -> tuple[list[tuple[int, str]], int] | None:
    """Return the page among the first contacts, or None where they do not fill it."""
    actor, query = asked.actor, asked.query
    first = first_links(query)
    if first is None:
        first = first_in_order(actor, query, DEFAULT_ORDER)
    if first is None:
        return None
    contacts = asked.matching(row_by_row).filter(pk__in=first)
    ordering = ordering_of(actor, query.sort, DEFAULT_ORDER)
    page = contacts.order_by(*ordering).values_list("pk", "document__body")
    rows = list(page[query.offset : query.offset + query.limit])
    if len(rows) < query.limit:
        return None
    return rows, kept_total(asked.key, asked.all_matching().count) if query.total else 0


def _walked(asked: Asked) -> list[tuple[int, str]]:
    return _slice(asked, asked.matching(row_by_row))


def _matched(asked: Asked, limit: int, *ordering: str | OrderBy) -> tuple[Asked, list[int]]:
    """Return the ids that match, and what was asked in the end: perhaps for similar words."""
    matching = asked.all_matching() if limit > EXACT_UP_TO + 1 else asked.matching(as_set)
    found = list(matching.order_by(*ordering).values_list("pk", flat=True)[:limit])
    if found or asked.nearly or not (asked.query.lenient and asked.query.search.strip()):
        return asked, found
    similar, found = _matched(replace(asked, nearly=True), limit, *ordering)
    return (similar if found else asked), found


def _probed(asked: Asked, found: list[int]) -> tuple[list[tuple[int, str]], int]:
    if len(found) > EXACT_UP_TO:
        rows = _walked(asked)
        total = kept_total(asked.key, asked.all_matching().count) if asked.query.total else 0
        return rows, total
    if asked.query.offset >= len(found) or not asked.query.limit:
        return [], len(found)
    among = Contact.objects.using(asked.using).filter(Q(pk__among=found))
    return _slice(asked, among), len(found)


def _slice(asked: Asked, contacts: QuerySet[Contact]) -> list[tuple[int, str]]:
    query = asked.query
    ordering = ordering_of(asked.actor, query.sort, DEFAULT_ORDER)
    end = query.offset + query.limit
    if query.offset:
        # The ids alone are read from the index; only the page's own rows are fetched.
        ids = contacts.order_by(*ordering).values("pk")[query.offset : end]
        contacts, window = Contact.objects.using(asked.using).filter(pk__in=ids), slice(None)
    else:
        window = slice(0, end)
    rows = contacts.order_by(*ordering).values_list("pk", "document__body")
    return list(rows[window])


def _total(asked: Asked, rows: list[tuple[int, str]]) -> int:
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
