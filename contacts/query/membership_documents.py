"""The documents of membership levels and of bundles."""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.index.documents import plain
from contacts.models import Bundle, Membership, MembershipLevel
from contacts.query.reading import find_contacts

Document = dict[str, object]

LEVEL_PLAIN = (
    "id",
    "name",
    "description",
    "type",
    "bundle_limit",
    "fee",
    "renewal_months",
    "is_open",
    "is_default",
    "position",
)


def membership_levels(actor: Actor, rows: Sequence[MembershipLevel]) -> list[Document]:
    """Return the documents of levels (rows of `with_links`)."""
    return [
        {
            **{name: plain(getattr(row, name)) for name in LEVEL_PLAIN},
            "changes_to": sorted(getattr(row, "change_ids", None) or []),
        }
        for row in rows
    ]


def bundles(actor: Actor, rows: Sequence[Bundle]) -> list[Document]:
    """Return the documents of bundles; contacts are named where the actor sees them.

    `email` is that of the administrator, `spaces_left` is None where a level has no limit.
    """
    members: dict[int, list[Membership]] = {row.pk: [] for row in rows}
    # Administrators have the lower number.
    stored = Membership.objects.filter(bundle__in=list(members)).order_by("role", "contact_id")
    for each in stored:
        members[each.bundle_id or 0].append(each)
    ids = {each.contact_id for found in members.values() for each in found}
    seen = find_contacts(actor, ids, archived=None) if ids else {}
    return [_bundle(row, members[row.pk], seen) for row in rows]


def _bundle(row: Bundle, members: Sequence[Membership], seen: dict[int, Document]) -> Document:
    first = members[0] if members else None
    is_led = first is not None and first.role == Membership.Role.ADMINISTRATOR
    administrator = seen.get(first.contact_id) if first is not None and is_led else None
    limit = row.level.bundle_limit
    return {
        "id": row.pk,
        "level_id": row.level_id,
        "level": row.level.name,
        "administrator": _named(administrator),
        "email": _email_of(administrator),
        "members": [_named(seen[each.contact_id]) for each in members if each.contact_id in seen],
        "member_count": len(members),
        "spaces_left": None if limit is None else max(0, limit - len(members)),
    }


def _named(contact: Document | None) -> Document | None:
    if contact is None:
        return None
    return {"id": contact["id"], "name": contact.get("display_name", "")}


def _email_of(contact: Document | None) -> str:
    emails = contact.get("emails") if contact else None
    return str(emails[0].get("address", "")) if isinstance(emails, list) and emails else ""
