"""The resolved query: fields of the catalogue, cleaned values, nothing of any client's spelling.

Dialects build these nodes through `field_query`, so an unresolved name cannot reach the compiler.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as part_of
from typing import Any

from django.db.models import QuerySet

from contacts.errors import TooComplexError
from contacts.fields import Comparison, Field

MAX_DEPTH = 32
MAX_COMPARISONS = 500
MAX_TEXT = 16 * 1024
# Characters of a search that count: SQLite refuses patterns of more than 50,000 bytes.
MAX_SEARCH = 1_000
MAX_OFFSET = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Compare:
    """One field compared with one value (or several)."""

    field: Field
    comparison: Comparison
    position: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """True when every part is; with no parts, true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True when any part is; with no parts, false."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is not."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Related:
    """True when the record that a reference points to is seen and matches; see `relating`.

    `rows` are the records that match, asked for only as part of the whole question; `seen_by` is
    the id of the user who sees them.
    """

    field: Field
    condition: "Condition"
    seen_by: int | None
    # Left out of the text by which totals are kept: printing a query would run it.
    rows: QuerySet[Any] = part_of(repr=False, compare=False)


Condition = Compare | And | Or | Not | Related


@dataclass(frozen=True, slots=True)
class SortKey:
    """One field to order by."""

    field: Field
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A list request.

    `search` is text of which every word must be found, up to `MAX_SEARCH` characters; `wide` says
    whether it also looks into tags, addresses and searchable custom fields; `lenient` does so for
    people: phones in any form, and words with slips in them where nothing has them as they were
    typed. `archived` is False for the living, True for the archived, None for both; `users` lets in
    the contacts that users have of their own; `stage` asks for contacts, leads or both (None),
    unless the condition is about the stage. `total` says whether the count is asked for; a filter
    or search that more than `count_up_to` match is told as longer than that, and not counted on.
    """

    kind: str = "contact"
    condition: Condition | None = None
    search: str = ""
    wide: bool = False
    lenient: bool = False
    sort: tuple[SortKey, ...] = ()
    offset: int = 0
    limit: int = 25
    archived: bool | None = False
    users: bool = False
    stage: str | None = "contact"
    total: bool = True
    count_up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One slice of the answer: documents in order, and the number of all that match.

    Where no more than `Query.count_up_to` were counted, the total of a longer list is higher than
    that and than the place of the last document, and no more is known.

    `is_near` says that nothing has the words that were searched for, only similar ones.
    """

    documents: Sequence[dict[str, object]]
    total: int
    offset: int
    limit: int
    ids: list[int] = part_of(default_factory=list)
    is_near: bool = False


def iter_comparisons(condition: Condition, depth: int = 1) -> Iterator[tuple[Compare, int]]:
    """Yield every comparison with its depth."""
    if isinstance(condition, Compare):
        yield condition, depth
    elif isinstance(condition, Related):
        yield from iter_comparisons(condition.condition, depth + 1)
    elif isinstance(condition, Not):
        yield from iter_comparisons(condition.part, depth + 1)
    else:
        for part in condition.parts:
            yield from iter_comparisons(part, depth + 1)


def depth_of(condition: Condition) -> int:
    """Return the number of levels, counted without recursion: the tree may be hostile."""
    deepest, waiting = 0, [(condition, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(node, Not):
            waiting.append((node.part, depth + 1))
        elif isinstance(node, Related):
            waiting.append((node.condition, depth + 1))
        elif not isinstance(node, Compare):
            waiting += [(part, depth + 1) for part in node.parts]
    return deepest


def require_bounded(condition: Condition) -> None:
    """Raise TooComplexError for a condition beyond the limits of the language."""
    if depth_of(condition) > MAX_DEPTH:
        raise TooComplexError("depth", MAX_DEPTH)
    comparisons = list(iter_comparisons(condition))
    if len(comparisons) > MAX_COMPARISONS:
        raise TooComplexError("comparisons", MAX_COMPARISONS)
    text = sum(_length(compare.comparison.value) for compare, _depth in comparisons)
    if text > MAX_TEXT:
        raise TooComplexError("text", MAX_TEXT)


def _length(value: object) -> int:
    if isinstance(value, tuple):
        return sum(map(_length, value))
    # In bytes: SQLite refuses patterns of more than 50,000, and a wildcard that is meant as itself
    # takes three.
    return len(value.encode(errors="replace")) if isinstance(value, str) else 0
