"""Which slice of a list a page shows, and the links to the others."""

from collections.abc import Mapping
from dataclasses import dataclass

PER_PAGE = 25
SIZES = (25, 50, 100)
# Deeper pages cost the database their whole offset; filters lead there sooner.
LAST_PAGE = 10_000
AROUND = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """The page that an address asks for."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Return the number of records before the page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a list, seen from one of them."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Return the number of the last page; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        """Return the page before, or None."""
        return min(self.number - 1, self.last) if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Return the page after, or None."""
        return self.number + 1 if self.number < self.last else None

    @property
    def first_shown(self) -> int:
        """Return the place of the page's first record in the list."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last_shown(self) -> int:
        """Return the place of the page's last record in the list."""
        return min(self.number * self.size, self.total)

    @property
    def shown(self) -> list[int | None]:
        """Return the pages to link to; None stands for a gap."""
        near = range(self.number - AROUND, self.number + AROUND + 1)
        wanted = sorted({1, self.last, *(page for page in near if 1 <= page <= self.last)})
        links: list[int | None] = []
        for page in wanted:
            if links and links[-1] is not None and page > links[-1] + 1:
                links.append(None)
            links.append(page)
        return links


def asked_page(parameters: Mapping[str, str]) -> Asked:
    """Return the page of an address; what makes no sense is the first page of the usual size."""
    size = _number(parameters.get("per", ""), PER_PAGE)
    number = _number(parameters.get("page", ""), 1)
    return Asked(min(max(number, 1), LAST_PAGE), size if size in SIZES else PER_PAGE)


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else usual
