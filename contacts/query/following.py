"""The first links of a tag or project in the order of names: where such a list begins.

The links carry the name, so the contacts at the start of the list are known without looking at the
others. Four times the rows of the page are looked at, and some hundred for a short page: that fills
it for whoever sees a quarter of them, and costs little where it does not. Then four times as many
are looked at, which still costs less than to find all.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, runtime_checkable

from django.db.models import Q

from contacts.fields import Comparison
from contacts.fields.field import Rows
from contacts.query.tree import And, Compare, Condition, Query

LOOKED_AT = 4
AT_LEAST = 400
MOST = 4_000


@runtime_checkable
class NamedLinks(Protocol):
    """A storage whose links are kept in the order of names."""

    def named(self, comparison: Comparison) -> Rows | None:
        """Return the records of one link, or None where the comparison asks for something else."""


def first_links(query: Query) -> Sequence[Callable[[], Q]]:
    """Return what makes the conditions of the contacts to look at first, and after those.

    There are none without a link.
    """
    reach = max(AT_LEAST, LOOKED_AT * (query.offset + query.limit))
    if not query.limit or reach > MOST or query.search.strip() or not _is_by_name(query):
        return ()
    links = _links_of(query.condition)
    if links is None:
        return ()
    way = "-" if query.sort and query.sort[0].descending else ""
    ordered = links.order_by(f"{way}sort_name", f"{way}contact_id")
    return [partial(_first, ordered, each) for each in (reach, LOOKED_AT * reach)]


def _first(ordered: Rows, reach: int) -> Q:
    return Q(pk__in=ordered[:reach])


def _is_by_name(query: Query) -> bool:
    return not query.sort or [key.field.key for key in query.sort] == ["sort_name"]


def _links_of(condition: Condition | None) -> Rows | None:
    """Return the links of a comparison that every contact of the list fits."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    for part in parts:
        if isinstance(part, Compare) and isinstance(part.field.storage, NamedLinks):
            links = part.field.storage.named(part.comparison)
            if links is not None:
                return links
    return None
