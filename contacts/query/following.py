"""The links of a tag or project in the order of names: along them such a list is read.

The links carry the name and the contact, so whoever is not seen is passed without being read. A
few thousand are looked at: that fills a page for whoever sees one in twenty, and costs little where
it does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from contacts.access import Actor
from contacts.fields import Comparison, Field
from contacts.fields.field import Rows
from contacts.models import ContactDocument
from contacts.query.beginning import reach_of, up_to
from contacts.query.sight import seen
from contacts.query.tree import And, Compare, Query

# So many are looked at where nothing but the link is asked for: nobody is read in vain.
LOOKED_AT = 3_000


@runtime_checkable
class NamedLinks(Protocol):
    """A storage whose links are kept in the order of names."""

    def named(self, comparison: Comparison) -> Rows | None:
        """Return the records of one link, or None where the comparison asks for something else."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The links along which a list is read; `is_all` if nothing else is asked of its contacts.

    `links` are those that the actor may know of, `all_links` end where enough is looked at.
    """

    links: Rows
    all_links: Rows
    is_all: bool
    reach: int


def followed(actor: Actor, query: Query) -> Followed | None:
    """Return what a list by name is read along, None without a link that all its contacts have."""
    reach = reach_of(query)
    if reach is None or query.search.strip() or not _is_by_name(query):
        return None
    condition = query.condition
    parts = condition.parts if isinstance(condition, And) else (condition,)
    for part in parts:
        all_links = _links(part.field, part.comparison) if isinstance(part, Compare) else None
        if isinstance(part, Compare) and all_links is not None:
            # What somebody does not see leads nowhere: nothing else may be left to check that.
            links = _links(seen(actor, part.field), part.comparison)
            is_all = len(parts) == 1 and _is_told(part.comparison)
            reach = max(reach, LOOKED_AT) if is_all else reach
            return Followed(links, all_links, is_all, reach) if links is not None else None
    return None


def _links(field: Field, comparison: Comparison) -> Rows | None:
    storage = field.storage
    return storage.named(comparison) if isinstance(storage, NamedLinks) else None


def followed_page(found: Followed, query: Query, fitting: Callable[[str], Q]) -> QuerySet[Any, Any]:
    """Return the page along the links; `fitting` says whether a contact belongs to the list."""
    is_down = bool(query.sort) and query.sort[0].descending
    way = "-" if is_down else ""
    order = (f"{way}sort_name", f"{way}contact_id")
    first = found.all_links.order_by(*order)
    near = up_to(first, ["sort_name", "contact_id"], found.reach, is_down=is_down)
    document = ContactDocument.objects.filter(contact_id=OuterRef("contact_id"))
    shown = found.links.order_by(*order).filter(near, fitting("contact_id"))
    page = shown.values_list("contact_id", Subquery(document.values("body")))
    return page[query.offset : query.offset + query.limit]


def _is_told(comparison: Comparison) -> bool:
    """Tell whether whoever has the link fits: of all that are wanted others may not even exist."""
    value = comparison.value
    return comparison.operator != "has_all" or not isinstance(value, tuple) or len(value) == 1


def _is_by_name(query: Query) -> bool:
    return not query.sort or [key.field.key for key in query.sort] == ["sort_name"]
