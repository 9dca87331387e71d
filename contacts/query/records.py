"""Pages and single reads of deals, notes, tickets, projects, people and everything small.

Their documents are made from their rows: references to small tables stay ids, contacts are named
only where the actor sees them. A page costs three statements at most: the rows with their total,
the custom values of the kinds that have any, the names of the contacts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window

from contacts.access import (
    Actor,
    visibility,
    visible_channels,
    visible_setup,
    visible_work,
)
from contacts.errors import NotFoundError
from contacts.fields import Comparison
from contacts.fields.storage.comparisons import parts_of
from contacts.fields.storage.lookups import Folded
from contacts.fields.text import words_of
from contacts.query import activity_documents as activity_ties
from contacts.query import channel_documents as channels
from contacts.query import file_documents as files
from contacts.query import groups
from contacts.query import membership_documents as memberships
from contacts.query import people_documents as people
from contacts.query import product_documents as products
from contacts.query import record_documents as documents
from contacts.query import setup_documents as setup
from contacts.query.compiler import compile_condition, row_by_row
from contacts.query.estimating import estimated
from contacts.query.ordering import ordering_of
from contacts.query.record_links import with_links
from contacts.query.totals import exact_total, page_total, shown_total
from contacts.query.tree import MAX_SEARCH, Page, Query

# Of the kind's own model, which no signature for all kinds can name.
Rows = Sequence[Any]
Write = Callable[[Actor, Rows], list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """How one kind of record is read: its gate, its document, its usual order."""

    visible: Callable[[Actor], QuerySet[Any]]  # of the kind's own model
    write: Write
    order: tuple[str, ...]
    searched: tuple[str, ...] = ()
    archived: Callable[[Actor], QuerySet[Any]] | None = None  # the same for the trash

    def seen(self, actor: Actor, *, archived: bool) -> QuerySet[Any]:  # the same
        """Return the living records that an actor sees, or those in the trash."""
        if not archived:
            return self.visible(actor)
        found = self.visible(actor).none() if self.archived is None else self.archived(actor)
        return found


KINDS: dict[str, RecordKind] = {
    "email": RecordKind(visible_channels.visible_emails, channels.emails, ("pk",), ("address",)),
    "phone": RecordKind(visible_channels.visible_phones, channels.phones, ("pk",), ("number",)),
    "address": RecordKind(
        visible_channels.visible_addresses, channels.addresses, ("pk",), ("street1", "city")
    ),
    "website": RecordKind(visible_channels.visible_websites, channels.websites, ("pk",), ("url",)),
    "messenger": RecordKind(
        visible_channels.visible_messengers, channels.messengers, ("pk",), ("handle",)
    ),
    "deal": RecordKind(
        visibility.visible_deals,
        documents.deals,
        ("-created_at",),
        ("name",),
        partial(visibility.visible_deals, archived=True),
    ),
    "note": RecordKind(
        visibility.visible_notes, documents.notes, ("-created_at",), ("subject", "content")
    ),
    "activity": RecordKind(
        visibility.visible_activities,
        documents.activities,
        ("-starts_at",),
        ("subject", "details"),
        partial(visibility.visible_activities, archived=True),
    ),
    "activity_part": RecordKind(
        visible_work.visible_activity_parts, activity_ties.activity_parts, ("pk",)
    ),
    "activity_tag": RecordKind(
        visible_work.visible_activity_tags, activity_ties.activity_tags, ("pk",)
    ),
    "ticket": RecordKind(
        visibility.visible_tickets,
        documents.tickets,
        ("-pk",),
        ("subject", "description"),
        partial(visibility.visible_tickets, archived=True),
    ),
    "project": RecordKind(
        visibility.visible_projects, documents.projects, ("name",), ("name", "identifier")
    ),
    "user": RecordKind(
        visibility.visible_users,
        people.users,
        ("username",),
        ("first_name", "last_name"),
    ),
    "user_group": RecordKind(
        visibility.visible_user_groups, people.user_groups, ("name",), ("name",)
    ),
    "role": RecordKind(visibility.visible_roles, people.roles, ("position",)),
    "member": RecordKind(visibility.visible_members, people.members, ("pk",)),
    "deal_status": RecordKind(
        visibility.visible_deal_statuses, people.deal_statuses, ("position",)
    ),
    "deal_category": RecordKind(
        visibility.visible_deal_categories, people.deal_categories, ("name",), ("name",)
    ),
    "custom_field": RecordKind(
        visibility.visible_custom_fields,
        setup.custom_fields,
        ("object_kind", "position"),
        ("label", "slug"),
    ),
    "custom_field_group": RecordKind(
        visibility.visible_custom_field_groups, setup.custom_field_groups, ("position",)
    ),
    "tag": RecordKind(visible_setup.visible_tags, setup.tags, ("name_key",), ("name",)),
    "group": RecordKind(
        visible_setup.visible_groups, groups.groups, ("title",), ("title", "name", "description")
    ),
    "contact_tag": RecordKind(visible_setup.visible_contact_tags, groups.contact_tags, ("pk",)),
    "group_member": RecordKind(visible_setup.visible_group_members, groups.group_members, ("pk",)),
    "option": RecordKind(
        visible_setup.visible_options, setup.options, ("list_name", "position"), ("label", "name")
    ),
    "option_list": RecordKind(
        visible_setup.visible_option_lists, setup.option_lists, ("title",), ("title", "name")
    ),
    "saved_filter": RecordKind(
        visible_setup.visible_saved_filters, setup.saved_filters, ("name",), ("name",)
    ),
    "credential": RecordKind(
        visible_setup.visible_credentials, setup.credentials, ("-created_at",), ("name",)
    ),
    "relationship": RecordKind(
        visible_setup.visible_relationships, setup.relationships, ("position",)
    ),
    "relationship_type": RecordKind(
        visible_setup.visible_relationship_types, setup.relationship_types, ("pk",)
    ),
    "membership_level": RecordKind(
        visible_setup.visible_membership_levels,
        memberships.membership_levels,
        ("position",),
        ("name",),
    ),
    "bundle": RecordKind(visible_setup.visible_bundles, memberships.bundles, ("pk",)),
    "attachment": RecordKind(
        visibility.visible_documents,
        files.attachments,
        ("pk",),
        ("title", "filename", "description"),
    ),
    "folder": RecordKind(visible_setup.visible_folders, files.folders, ("position",), ("name",)),
    "currency": RecordKind(visible_setup.visible_currencies, files.currencies, ("pk",), ("name",)),
    "pipeline": RecordKind(visibility.visible_pipelines, people.pipelines, ("position",)),
    "stage": RecordKind(
        visibility.visible_stages, people.stages, ("pipeline__position", "position")
    ),
    "product": RecordKind(
        visible_work.visible_products,
        products.products,
        ("name_key",),
        ("name", "sku"),
        partial(visible_work.visible_products, archived=True),
    ),
    "deal_product": RecordKind(
        visible_work.visible_deal_products, products.deal_products, ("position",)
    ),
    "comment": RecordKind(visible_work.visible_comments, products.comments, ("pk",)),
    "ticket_category": RecordKind(
        visibility.visible_ticket_categories, people.ticket_categories, ("name",), ("name",)
    ),
}

# As many as contacts, or more: to count them with each page would read them all.
GROWING = frozenset(
    {
        *("email", "phone", "address", "website", "messenger", "contact_tag", "group_member"),
        *("relationship", "note", "activity", "activity_part", "activity_tag"),
    }
)


def record_page(actor: Actor, query: Query) -> Page:
    """Return one page of a kind other than contacts."""
    kind = KINDS[query.kind]
    matching = kind.seen(actor, archived=bool(query.archived)).filter(
        compile_condition(actor, query.condition, row_by_row), *_words(query.search, kind.searched)
    )
    ordered = with_links(query.kind, matching).order_by(*ordering_of(actor, query.sort, kind.order))
    end = query.offset + query.limit
    if query.total and query.kind not in GROWING:
        counted = ordered.annotate(total=Window(Count(F("pk"))))
        rows = list(counted[query.offset : end]) if query.limit else []
        is_behind = query.offset or not query.limit
        total = rows[0].total if rows else matching.count() if is_behind else 0
    else:
        rows = list(ordered[query.offset : end]) if query.limit else []
        total = _total(actor, query, matching, len(rows))
    return Page(kind.write(actor, rows), total, query.offset, query.limit, [row.pk for row in rows])


def _total(actor: Actor, query: Query, matching: QuerySet[Any], found: int) -> int:
    """Return how many match; all are counted only where that is asked and the page cannot tell."""
    key = (matching.db, actor.sight, query.kind, repr(query.condition), query.search)
    if not query.limit:
        return exact_total((*key, query.archived), matching.count)
    if not query.total or (found < query.limit and (found or not query.offset)):
        return query.offset + found
    guess = partial(estimated, matching)
    total = page_total((*key, query.archived), matching.count, guess, using=matching.db)
    return shown_total(total, query, found)


def find_record(
    actor: Actor, kind: str, record_id: int, *, archived: bool = False
) -> dict[str, object] | None:
    """Return the document of one record, or None for a hidden or missing one."""
    visible = KINDS[kind].seen(actor, archived=archived).filter(pk=record_id)
    rows = list(with_links(kind, visible))
    return KINDS[kind].write(actor, rows)[0] if rows else None


def get_record(
    actor: Actor, kind: str, record_id: int, *, archived: bool = False
) -> dict[str, object]:
    """Return the document of one record; raises NotFoundError."""
    found = find_record(actor, kind, record_id, archived=archived)
    if found is None:
        raise NotFoundError(kind, record_id)
    return found


def _words(search: str, columns: tuple[str, ...]) -> list[Q]:
    conditions = []
    for word in words_of(search[:MAX_SEARCH]):
        found = Q()
        for column in columns:
            for part in parts_of(Comparison("contains", word), str):
                found |= part.on_expression(Folded(column))
        conditions.append(found)
    return conditions
