"""Groups of contacts: their documents, who is in them, and how many."""

from collections.abc import Collection, Sequence

from django.db.models import Count

from contacts.access import Actor
from contacts.access.visible_setup import visible_group_members
from contacts.index.documents import plain
from contacts.models import ContactTag, Group, GroupMember
from contacts.query.reading import names_of_contacts

Document = dict[str, object]

GROUP_PLAIN = (
    *("id", "name", "title", "description", "public_title", "public_description", "visibility"),
    *("is_mailing_list", "is_access_list", "is_active", "is_hidden", "is_reserved"),
    *("author_id", "created_at", "updated_at"),
)
MEMBER_PLAIN = (
    *("id", "group_id", "contact_id", "status"),
    *("added_at", "removed_at", "pending_at", "through"),
)


def groups(actor: Actor, rows: Sequence[Group]) -> list[Document]:
    """Return the documents of groups (rows of `with_links`)."""
    return [
        {
            **{name: plain(getattr(row, name)) for name in GROUP_PLAIN},
            "parents": sorted(getattr(row, "parent_ids", None) or []),
        }
        for row in rows
    ]


def group_members(actor: Actor, rows: Sequence[GroupMember]) -> list[Document]:
    """Return the documents of memberships (rows of `with_links`), group and contact named."""
    names = names_of_contacts(actor, {row.contact_id for row in rows})
    return [
        {
            **{name: plain(getattr(row, name)) for name in MEMBER_PLAIN},
            "group": {
                "id": row.group_id,
                "name": row.group.title,
                "visibility": row.group.visibility,
                "is_hidden": row.group.is_hidden,
            },
            "contact": {"id": row.contact_id, "name": names.get(row.contact_id, "")},
        }
        for row in rows
    ]


def contact_tags(actor: Actor, rows: Sequence[ContactTag]) -> list[Document]:
    """Return the documents of tags on contacts."""
    return [{"id": row.pk, "contact_id": row.contact_id, "tag_id": row.tag_id} for row in rows]


def groups_within(group_ids: Collection[int]) -> set[int]:
    """Return groups with all that are below them; one statement."""
    links = Group.parents.through.objects.values_list("to_group_id", "from_group_id")
    below: dict[int, set[int]] = {}
    for parent_id, group_id in links:
        below.setdefault(parent_id, set()).add(group_id)
    found, waiting = set(group_ids), list(group_ids)
    while waiting:
        new = below.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def sizes_of_groups(
    actor: Actor, group_ids: Collection[int], *, with_archived: bool = False
) -> dict[int, int]:
    """Return how many living contacts, or how many of all, that the actor sees are in each group.

    One statement.
    """
    members = visible_group_members(actor, with_archived=with_archived).filter(
        group_id__in=group_ids, status=GroupMember.Status.ADDED
    )
    sizes = dict(members.values_list("group_id").annotate(Count("pk")))
    return {pk: sizes.get(pk, 0) for pk in group_ids}
