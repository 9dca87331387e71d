"""The documents of users, user groups, roles and members, and of what orders deals.

Shaped like those of `record_documents`. What a user is called is for everybody who sees the user;
its address, user name and settings are for itself and for administrators.
"""

from collections.abc import Sequence

from contacts.access import Actor
from contacts.fields import reference
from contacts.index.documents import plain
from contacts.models import (
    DealCategory,
    DealStatus,
    Pipeline,
    ProjectMember,
    Role,
    Stage,
    TicketCategory,
    User,
    UserGroup,
)

Document = dict[str, object]

USER_PLAIN = ("id", "first_name", "last_name", "name", "is_active")
USER_OWN = (
    "username",
    "email",
    "language",
    "time_zone",
    "may_use_api",
    "must_change_password",
    "contact_id",
    "updated_at",
)


def users(actor: Actor, rows: Sequence[User]) -> list[Document]:
    """Return the documents of users; `username` and what follows only where the actor may know."""
    return [_user(actor, row) for row in rows]


def _user(actor: Actor, row: User) -> Document:
    document: Document = {name: plain(getattr(row, name)) for name in USER_PLAIN}
    document["created_at"] = plain(row.date_joined)
    document["last_seen_at"] = plain(row.last_login)
    if actor.is_administrator or row.pk == actor.user_id:
        document["is_administrator"] = row.is_superuser
        document.update({name: plain(getattr(row, name)) for name in USER_OWN})
        document["user_groups"] = sorted(getattr(row, "group_ids", None) or [])
    return document


def user_groups(actor: Actor, rows: Sequence[UserGroup]) -> list[Document]:
    """Return the documents of user groups."""
    return [
        {
            "id": row.pk,
            "name": row.name,
            "description": row.description,
            "manager_id": row.manager_id,
            "users": sorted(getattr(row, "user_ids", None) or []),
        }
        for row in rows
    ]


def roles(actor: Actor, rows: Sequence[Role]) -> list[Document]:
    """Return the documents of roles."""
    names = ("id", "name", "rights", "position")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def members(actor: Actor, rows: Sequence[ProjectMember]) -> list[Document]:
    """Return the documents of members; their roles in the order of the roles."""
    order = {pk: place for place, pk in enumerate(reference.roles().by_id)}
    names = ("id", "project_id", "user_id", "group_id", "created_at")
    return [
        {
            **{name: plain(getattr(row, name)) for name in names},
            "roles": sorted(getattr(row, "role_ids", None) or [], key=order.__getitem__),
        }
        for row in rows
    ]


def deal_statuses(actor: Actor, rows: Sequence[DealStatus]) -> list[Document]:
    """Return the documents of statuses of deals."""
    names = ("id", "name", "outcome", "position", "is_default", "color")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def deal_categories(actor: Actor, rows: Sequence[DealCategory]) -> list[Document]:
    """Return the documents of categories of deals."""
    names = ("id", "name", "project_id")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def pipelines(actor: Actor, rows: Sequence[Pipeline]) -> list[Document]:
    """Return the documents of pipelines."""
    names = ("id", "name", "position", "is_default")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def stages(actor: Actor, rows: Sequence[Stage]) -> list[Document]:
    """Return the documents of stages of pipelines."""
    names = ("id", "name", "pipeline_id", "position", "probability")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def ticket_categories(actor: Actor, rows: Sequence[TicketCategory]) -> list[Document]:
    """Return the documents of categories of tickets."""
    names = ("id", "name", "project_id")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]
