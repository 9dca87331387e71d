"""One query language: tree, checks, compiler, search, paging."""

from dataclasses import replace

from contacts.access import Actor
from contacts.query.contact_pages import contact_page, count_contacts, iter_contacts, matching_ids
from contacts.query.decoding import StoredDocuments, known_part
from contacts.query.former import former_of, successor_of
from contacts.query.groups import groups_within, sizes_of_groups
from contacts.query.reading import (
    find_contacts,
    get_contact,
    heir_of,
    iter_documents,
    names_of_contacts,
)
from contacts.query.records import find_record, get_record, record_page
from contacts.query.relating import related, sorted_through
from contacts.query.resolving import all_of, field_of, from_json, sorted_by, to_json, where
from contacts.query.tags import tags_in_use
from contacts.query.tree import (
    MAX_OFFSET,
    And,
    Compare,
    Condition,
    Not,
    Or,
    Page,
    Query,
    Related,
    SortKey,
    require_bounded,
)


def search(actor: Actor, query: Query) -> Page:
    """Return one page of the records that match and that the actor sees.

    Raises TooComplexError for a condition beyond the limits.
    """
    if query.condition is not None:
        require_bounded(query.condition)
    query = replace(query, offset=_clamped(query.offset), limit=_clamped(query.limit))
    if query.kind == "contact":
        return contact_page(actor, query)
    return record_page(actor, query)


def _clamped(number: int) -> int:
    """Return a place in a list that both databases can count to."""
    return max(0, min(number, MAX_OFFSET))


__all__ = [
    "MAX_OFFSET",
    "And",
    "Compare",
    "Condition",
    "Not",
    "Or",
    "Page",
    "Query",
    "Related",
    "SortKey",
    "StoredDocuments",
    "all_of",
    "count_contacts",
    "field_of",
    "find_contacts",
    "find_record",
    "former_of",
    "from_json",
    "get_contact",
    "get_record",
    "groups_within",
    "heir_of",
    "iter_contacts",
    "iter_documents",
    "known_part",
    "matching_ids",
    "names_of_contacts",
    "record_page",
    "related",
    "require_bounded",
    "search",
    "sizes_of_groups",
    "sorted_by",
    "sorted_through",
    "successor_of",
    "tags_in_use",
    "to_json",
    "where",
]
