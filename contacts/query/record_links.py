"""Fetch with a record what hangs on it: single records by joins, lists of ids by sub-selects.

A page of any kind is one statement for its rows, whatever hangs on them.
"""

from typing import Any, NamedTuple, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, JSONField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields.activity_fields import PARTS, TAKING_PART
from contacts.fields.fact_fields import ROWS as FACTS
from contacts.fields.storage.lookups import Sql
from contacts.models import (
    Activity,
    ActivityContact,
    ActivityFollower,
    Attachment,
    AttachmentFollower,
    Comment,
    CustomField,
    Deal,
    DealContact,
    DealFollower,
    DealProduct,
    Group,
    MembershipLevel,
    Note,
    ProjectMember,
    Ticket,
    TicketFollower,
    User,
    UserGroup,
)
from contacts.models.facts import Fact


class JsonList(Aggregate):
    """The values of a column as one JSON list."""

    function = "json_group_array"
    output_field = JSONField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: str
    ) -> Sql:
        """Return PostgreSQL's name of the same."""
        return self.as_sql(compiler, connection, function="jsonb_agg", **context)


class Links(NamedTuple):
    """A table of links, with the columns of both ends."""

    model: type[Model]
    owner: str
    target: str = "contact_id"
    only: tuple[tuple[str, object], ...] = ()


# Single records that are named in the documents of a kind.
JOINED = {
    "deal": ("status", "category", "stage"),
    "ticket": ("category",),
    "relationship": ("type",),
    "note": ("deal", "ticket"),
    "bundle": ("level",),
    "group_member": ("group",),
}

# Lists of ids that stand in the documents of a kind.
LINKED: dict[str, dict[str, Links]] = {
    "deal": {
        "linked": Links(DealContact, "deal_id"),
        "tag_ids": Links(Deal.tags.through, "deal_id", "tag_id"),
        "product_ids": Links(DealProduct, "deal_id", "pk"),
        "followers": Links(DealFollower, "deal_id", "user_id"),
    },
    "note": {
        "linked": Links(Note.further_contacts.through, "note_id"),
        "linked_deals": Links(Note.further_deals.through, "note_id", "deal_id"),
        "comment_ids": Links(Comment, "note_id", "pk"),
    },
    "activity": {
        "linked": Links(ActivityContact, "activity_id", only=TAKING_PART),
        **{
            f"{key}_linked": Links(ActivityContact, "activity_id", only=(("part", part),))
            for key, part in PARTS.items()
        },
        "comment_ids": Links(Comment, "activity_id", "pk"),
        "deal_ids": Links(Activity.deals.through, "activity_id", "deal_id"),
        "ticket_ids": Links(Activity.tickets.through, "activity_id", "ticket_id"),
        "tag_ids": Links(Activity.tags.through, "activity_id", "tag_id"),
        "followers": Links(ActivityFollower, "activity_id", "user_id"),
    },
    "ticket": {
        "linked": Links(Ticket.contacts.through, "ticket_id"),
        "tag_ids": Links(Ticket.tags.through, "ticket_id", "tag_id"),
        "followers": Links(TicketFollower, "ticket_id", "user_id"),
    },
    "attachment": {
        "contact_ids": Links(Attachment.contacts.through, "attachment_id"),
        "deal_ids": Links(Attachment.deals.through, "attachment_id", "deal_id"),
        "ticket_ids": Links(Attachment.tickets.through, "attachment_id", "ticket_id"),
        "tag_ids": Links(Attachment.tags.through, "attachment_id", "tag_id"),
        "followers": Links(AttachmentFollower, "attachment_id", "user_id"),
    },
    "user": {"group_ids": Links(User.teams.through, "user_id", "usergroup_id")},
    "user_group": {"user_ids": Links(UserGroup.users.through, "usergroup_id", "user_id")},
    "group": {"parent_ids": Links(Group.parents.through, "from_group_id", "to_group_id")},
    "custom_field": {
        "project_ids": Links(CustomField.projects.through, "customfield_id", "project_id"),
        "level_ids": Links(CustomField.levels.through, "customfield_id", "membershiplevel_id"),
    },
    "membership_level": {
        "change_ids": Links(
            MembershipLevel.changes_to.through, "from_membershiplevel_id", "to_membershiplevel_id"
        )
    },
    "member": {"role_ids": Links(ProjectMember.roles.through, "projectmember_id", "role_id")},
}


def _linked(links: Links) -> Subquery:
    own = {links.owner: OuterRef("pk"), **dict(links.only)}
    rows = links.model._default_manager.filter(**own).order_by()
    return Subquery(rows.values(links.owner).annotate(ids=JsonList(links.target)).values("ids"))


def _facts(model: type[Fact], owner: str) -> Subquery:
    rows = model._default_manager.filter(**{owner: OuterRef("pk")}).order_by()
    pairs = JSONObject(code="code", text="given")
    return Subquery(rows.values(owner).annotate(all=JsonList(pairs)).values("all"))


def with_links(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:  # of the kind's own model
    """Return the rows with what their documents need, in the same statement."""
    joined = rows.select_related(*JOINED[kind]) if kind in JOINED else rows
    lists = {name: _linked(links) for name, links in LINKED.get(kind, {}).items()}
    if kind in FACTS and kind != "contact":
        lists["fact_list"] = _facts(FACTS[kind], f"{kind}_id")
    return cast(QuerySet[Any], joined.annotate(**lists))
