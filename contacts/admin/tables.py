"""What a list of records shows: columns, cells, the choices above it, the pages below it.

A list's whole state stands in its address: what is searched for, chosen, sorted by, and the page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from contacts.admin.paging import Pages, asked_page

PAGE_SIZE = 50

Text = str | Promise
# A document of the query room, or a row of a small table.
Record = Any


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one record as it is read: text, perhaps a link, a colour, a moment or a mark.

    `tone` is a word for the eye besides the text: good, bad, quiet. `note` stands behind it.
    """

    text: Text = ""
    url: str = ""
    color: str = ""
    moment: datetime | None = None
    day: date | None = None
    tone: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and what it shows of a record."""

    label: Text
    cell: Callable[[Record], Cell]
    sort: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice above a list: its name in the address, its title, what can be chosen."""

    name: str
    label: Text
    options: Sequence[tuple[str, Text]]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for."""

    search: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    page: int = 1

    @property
    def offset(self) -> int:
        """Return how many records come before the page."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def is_narrowed(self) -> bool:
        """Tell whether the list shows less than all."""
        return bool(self.search or self.chosen)


def asked_of(parameters: QueryDict, columns: Sequence[Column], picks: Sequence[Pick]) -> Asked:
    """Return what the address asks for; what the list does not know is left out."""
    chosen = {}
    for pick in picks:
        value = parameters.get(pick.name, "")
        if value and value in {name for name, _label in pick.options}:
            chosen[pick.name] = value
    sort = parameters.get("sort", "")
    known = {column.sort for column in columns if column.sort}
    named = sort.removeprefix("-") if sort.removeprefix("-") in known else ""
    return Asked(
        search=parameters.get("q", "").strip(),
        chosen=chosen,
        sort=named,
        descending=bool(named) and sort.startswith("-"),
        page=asked_page(parameters).number,
    )


def address_of(asked: Asked, **changed: str) -> str:
    """Return the part of the address after "?" with some parameters changed ("" leaves one out)."""
    query = QueryDict(mutable=True)
    parameters = {
        "q": asked.search,
        **asked.chosen,
        "sort": ("-" if asked.descending else "") + asked.sort,
        "page": str(asked.page) if asked.page > 1 else "",
        **changed,
    }
    for name, value in parameters.items():
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: its title and, where the list can be sorted by it, where to go."""

    label: Text
    url: str = ""
    order: str = ""
    is_number: bool = False


def headings(asked: Asked, columns: Sequence[Column]) -> list[Heading]:
    """Return the heads of the columns; a click sorts, a second one turns the order round."""
    return [_heading(asked, column) for column in columns]


def _heading(asked: Asked, column: Column) -> Heading:
    if not column.sort:
        return Heading(column.label, is_number=column.is_number)
    is_sorted = asked.sort == column.sort
    turned = f"-{column.sort}" if is_sorted and not asked.descending else column.sort
    order = ("descending" if asked.descending else "ascending") if is_sorted else ""
    return Heading(
        column.label, address_of(asked, sort=turned, page=""), order, is_number=column.is_number
    )


def picked(asked: Asked, picks: Sequence[Pick]) -> list[Pick]:
    """Return the choices above the list with what has been chosen."""
    return [replace(pick, value=asked.chosen.get(pick.name, "")) for pick in picks]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the list, and the address of the list without it."""

    label: Text
    value: Text
    url: str


def chips(asked: Asked, picks: Sequence[Pick]) -> list[Chip]:
    """Return what was chosen above the list."""
    return [
        Chip(pick.label, dict(pick.options)[asked.chosen[pick.name]], _without(asked, pick.name))
        for pick in picks
        if pick.name in asked.chosen
    ]


def _without(asked: Asked, name: str) -> str:
    return address_of(asked, **{name: "", "page": ""})


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a list: where it leads, and its cells under their headings."""

    url: str
    cells: Sequence[tuple[Heading, Cell]]
    record: Record


def row_of(record: Record, url: str, titles: Sequence[Heading], columns: Sequence[Column]) -> Row:
    """Return a record as the table shows it."""
    cells = [column.cell(record) for column in columns]
    return Row(url, list(zip(titles, cells, strict=True)), record)


def pages_of(asked: Asked, total: int) -> Pages:
    """Return the pages of the list, seen from the one that is shown."""
    return Pages(asked.page, PAGE_SIZE, total)
