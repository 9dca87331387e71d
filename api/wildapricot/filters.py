"""What a list is asked for, from its parameters, and the query of the domain that answers it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from api.wildapricot.errors import BadParameterError
from api.wildapricot.grammar import read_filter, read_names, read_sort
from api.wildapricot.mapping.filters import condition_of, order_of, simple_query
from api.wildapricot.mapping.literals import integer_of
from api.wildapricot.mapping.table import Table
from contacts.access import Actor
from contacts.query import MAX_OFFSET, Query, all_of, require_bounded

_NO = frozenset({"false", "0", "no"})
_ORDER = ("$sort", "$orderby", "sort", "orderby")


@dataclass(frozen=True)
class Question:
    """One list: texts as the client wrote them, numbers as they count."""

    filter: str = ""
    select: str = ""
    sort: str = ""
    simple: str = ""
    top: int | None = None
    skip: int = 0

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "Question":
        """Return the question of a query string; raises BadParameterError."""
        return cls(
            filter=str(query.get("$filter") or ""),
            select=str(query.get("$select") or ""),
            sort=next((str(query[name]) for name in _ORDER if query.get(name)), ""),
            simple=str(query.get("simplequery") or ""),
            top=_whole(query, "$top"),
            skip=_whole(query, "$skip") or 0,
        )

    @classmethod
    def kept(cls, values: Mapping[str, Any]) -> "Question":
        """Return the question that was stored."""
        return cls(**values)

    def to_keep(self) -> dict[str, object]:
        """Return the question for storing."""
        return asdict(self)

    def within(self, query: Mapping[str, Any]) -> "Question":
        """Return the part of the answer that a later request asks for by ``$top``, ``$skip``."""
        skip, top = _whole(query, "$skip") or 0, _whole(query, "$top")
        left = None if self.top is None else max(0, self.top - skip)
        limits = [limit for limit in (left, top) if limit is not None]
        return Question(
            self.filter,
            self.select,
            self.sort,
            self.simple,
            min(limits) if limits else None,
            self.skip + skip,
        )

    def query(self, actor: Actor, table: Table) -> Query:
        """Return the query of the domain; raises BadFilterError, QueryError.

        Archived contacts are in it, and without ``$top`` it has no end: clients that never ask for
        a second page must not lose records.
        """
        condition = all_of(
            condition_of(actor, table, read_filter(self.filter)),
            simple_query(actor, self.simple),
        )
        if condition is not None:
            require_bounded(condition)
        return Query(
            condition=condition,
            sort=order_of(actor, table, read_sort(self.sort)),
            offset=self.skip,
            limit=MAX_OFFSET if self.top is None else self.top,
            archived=None,
            total=False,
        )

    def codes(self, table: Table) -> frozenset[str] | None:
        """Return the codes of the selected fields, None for all; unknown names are skipped."""
        names = read_names(self.select)
        if names is None:
            return None
        found = (table.names.find(name) for name in names)
        return frozenset(each[0].system_code for each in found if each is not None)


def is_asked(query: Mapping[str, Any], *names: str) -> bool:
    """Tell whether a switch is on: named without a value, or with any that does not say no."""
    given = [str(query[name]) for name in names if name in query]
    return bool(given) and given[-1].strip().casefold() not in _NO


def is_asynchronous(query: Mapping[str, Any]) -> bool:
    """Tell whether the answer is to be fetched later, which is the usual."""
    return str(query.get("$async", "true")).strip().casefold() not in _NO


def _whole(query: Mapping[str, Any], name: str) -> int | None:
    """Return a number that is not negative; raises BadParameterError."""
    if name not in query or not str(query[name]).strip():
        return None
    number = integer_of(query[name])
    if number is None or number < 0:
        raise BadParameterError(name, "a whole number from 0 is expected.")
    return number
