"""What a contact belongs to and is tied to, and what lists are ordered by through that."""

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.activity_fields import TAKING_PART
from contacts.fields.contact_declaring import (
    DECIMAL,
    FIXED,
    GROUP,
    IDS,
    INTEGER,
    MOMENT,
    TEXT,
    USER,
    YES_NO,
    choices_of,
    option,
    plain,
    text,
)
from contacts.fields.field import Records
from contacts.fields.storage import (
    ApartColumn,
    ChildColumn,
    Column,
    Counted,
    FoldedColumn,
    FullName,
    Links,
    Nearest,
    TagLinks,
    Tallies,
    Tally,
)
from contacts.models import (
    ActivityContact,
    Contact,
    ContactFollower,
    ContactProject,
    Deal,
    DealContact,
    DealStatus,
    GroupMember,
    Note,
    PostalAddress,
    Relationship,
    Ticket,
)
from contacts.models.contacts import NAME_LENGTH

if TYPE_CHECKING:
    pass


def _living_deals() -> Records:
    return Deal.objects.filter(archived_at=None).order_by()


BELONGING = (
    plain("owner", USER, _("Owner"), column="owner_id"),
    plain("owner_group", GROUP, _("Owning user group"), column="owner_group_id"),
    plain(
        "owner_assigned_at",
        MOMENT,
        _("Owner assigned"),
        storage=Column("owner_assigned_at"),
        is_writable=False,
    ),
    plain("author", USER, _("Author"), column="author_id"),
    plain("editor", USER, _("Last editor"), storage=Column("editor_id"), is_writable=False),
    plain(
        "is_user",
        YES_NO,
        _("Contact of a user"),
        storage=ApartColumn("is_user", usual=False),
        is_writable=False,
    ),
    plain("created_at", MOMENT, _("Created"), storage=Column("created_at"), is_writable=False),
    plain("updated_at", MOMENT, _("Updated"), storage=Column("updated_at"), is_writable=False),
    plain("archived_at", MOMENT, _("Archived"), storage=Column("archived_at"), is_writable=False),
    plain(
        "visibility",
        FIXED,
        _("Visibility"),
        column="visibility",
        choices=choices_of(Contact.Visibility),
    ),
    plain(
        "tags",
        types.TagsType(),
        _("Tags"),
        storage=TagLinks(),
        is_multiple=True,
    ),
    plain(
        "projects",
        IDS,
        _("Projects"),
        storage=Links(ContactProject, "project_id"),
        is_sortable=False,
        is_multiple=True,
        traits={"target": "project"},
    ),
    plain(
        "followers",
        IDS,
        _("Followed by"),
        storage=Links(ContactFollower, "user_id"),
        is_writable=False,
        is_sortable=False,
        is_multiple=True,
        traits={"target": "user"},
    ),
    plain(
        "groups",
        IDS,
        _("Groups"),
        storage=Links(GroupMember, "group_id", only=(("status", GroupMember.Status.ADDED),)),
        is_sortable=False,
        is_multiple=True,
        traits={"target": "group"},
    ),
    option("lead_source", _("How we met"), "lead_source"),
    text("source", _("Source")),
    plain(
        "entry_channel",
        TEXT,
        _("Came through"),
        storage=Column("entry_channel", is_text=True),
        is_writable=False,
    ),
    plain(
        "external_identifier",
        TEXT,
        _("External identifier"),
        column="external_identifier",
        max_length=NAME_LENGTH,
    ),
    plain(
        "balance",
        DECIMAL,
        _("Balance"),
        column="balance",
        traits={"places": 2, "largest": 10**12},
    ),
    plain(
        "total_donated",
        DECIMAL,
        _("Total donated"),
        column="total_donated",
        traits={"places": 2, "largest": 10**12},
    ),
)

FOLLOWING = (
    plain(
        "has_deals",
        YES_NO,
        _("Has deals"),
        storage=Counted(_living_deals, "contact_id"),
        is_writable=False,
        is_sortable=False,
        traits={"target": "deal"},
    ),
    plain(
        "open_ticket_owner",
        USER,
        _("Has open tickets of"),
        storage=ChildColumn(Ticket, "owner_id", only=(("closed_at", None), ("archived_at", None))),
        is_writable=False,
        is_sortable=False,
        traits={"target": "ticket"},
    ),
    plain(
        "last_note_at",
        MOMENT,
        _("Last note"),
        storage=ChildColumn(Note, "created_at"),
        is_writable=False,
        is_sortable=False,
        traits={"target": "note"},
    ),
)

# The tie by which people belong to companies.
EMPLOYMENT = (("type__name_a_b", "Employee of"),)
# What lists are ordered by besides a contact's own fields.
_ORDERING = {"is_writable": False, "is_filterable": False}
OPEN, WON, LOST = DealStatus.Outcome.OPEN, DealStatus.Outcome.WON, DealStatus.Outcome.LOST
OUTCOMES = (
    ("open", _("Number of open deals"), (OPEN,)),
    ("closed", _("Number of closed deals"), (WON, LOST)),
    ("won", _("Number of won deals"), (WON,)),
    ("lost", _("Number of lost deals"), (LOST,)),
)


PLANS = (("call", _("Number of calls")), ("activity", _("Number of activities")))
NOTES_COUNTED = Tallies(
    (
        Tally(Note, "contact_id"),
        Tally(
            Note.further_contacts.through,
            "contact_id",
            target="note_id",
            where=Q(note__contact=None) | ~Q(note__contact=F("contact")),
        ),
    )
)


def plans_counted(*, is_call: bool) -> Tally:
    """Return how many calls a contact takes part in, or other activities: calls have an outcome."""
    living = (("activity__archived_at", None), ("activity__outcome__isnull", not is_call))
    return Tally(ActivityContact, "contact_id", (*living, *TAKING_PART), "activity_id")


def plan(*conditions: tuple[str, object]) -> tuple[tuple[str, object], ...]:
    """Return which rows of participants are those of living activities of a sort."""
    living: tuple[tuple[str, object], ...] = (("archived_at", None), *conditions)
    return tuple((f"activity__{name}", value) for name, value in living)


OPEN_PLANS = (("outcome", None), ("completed_at", None))
# When somebody is spoken to next, and was last: a call has an outcome. Time is the database's.
MOMENTS = (
    (
        "next_activity_at",
        _("Next activity"),
        plan(*OPEN_PLANS, ("starts_at__gte", Now())),
        False,
    ),
    ("last_called_at", _("Last call"), plan(("outcome__isnull", False)), True),
)


def deals_counted(*outcomes: int) -> Tallies:
    """Return how many deals a contact has, or takes part in besides the one who has it."""
    own: tuple[tuple[str, object], ...] = (("archived_at", None),)
    further: tuple[tuple[str, object], ...] = (("deal__archived_at", None),)
    if outcomes:
        own += (("status__outcome__in", outcomes),)
        further += (("deal__status__outcome__in", outcomes),)
    is_another = Q(deal__contact=None) | ~Q(deal__contact=F("contact"))
    return Tallies(
        (
            Tally(Deal, "contact_id", own, kind="deal"),
            Tally(DealContact, "contact_id", further, "deal_id", is_another, kind="deal"),
        )
    )


def _employed(owner: str, target: str, kind: str) -> Tally:
    """Return how many companies a person belongs to, or how many people to a company."""
    return Tally(Relationship, owner, (("is_active", True), *EMPLOYMENT), target, kind=kind)


COMPANIES_COUNTED = _employed("contact_a_id", "contact_b_id", "company")
PEOPLE_COUNTED = _employed("contact_b_id", "contact_a_id", "contact")


ORDERING = (
    plain("owner_name", TEXT, _("Name of the owner"), storage=FullName("owner"), **_ORDERING),
    plain(
        "lead_source_name",
        TEXT,
        _("How we met, by name"),
        storage=FoldedColumn("lead_source__label"),
        **_ORDERING,
    ),
    plain(
        "industry_name",
        TEXT,
        _("Industry, by name"),
        storage=FoldedColumn("industry__label"),
        **_ORDERING,
    ),
    plain(
        "parent_name",
        TEXT,
        _("Name of the parent organization"),
        storage=FoldedColumn("parent__display_name"),
        traits={"target": "company"},
        **_ORDERING,
    ),
    plain(
        "country_name",
        TEXT,
        _("Country, by name"),
        storage=ChildColumn(PostalAddress, "country__name", has_primary=True),
        **_ORDERING,
    ),
    plain(
        "company_count",
        INTEGER,
        _("Number of companies"),
        storage=COMPANIES_COUNTED,
        traits={"target": "company"},
        **_ORDERING,
    ),
    plain(
        "people_count",
        INTEGER,
        _("Number of people"),
        storage=PEOPLE_COUNTED,
        traits={"target": "contact"},
        **_ORDERING,
    ),
    plain(
        "deal_count",
        INTEGER,
        _("Number of deals"),
        storage=deals_counted(),
        traits={"target": "deal"},
        **_ORDERING,
    ),
    *(
        plain(
            f"{word}_deal_count",
            INTEGER,
            label,
            storage=deals_counted(*outcomes),
            traits={"target": "deal"},
            **_ORDERING,
        )
        for word, label, outcomes in OUTCOMES
    ),
    plain(
        "note_count",
        INTEGER,
        _("Number of notes"),
        storage=NOTES_COUNTED,
        traits={"target": "note"},
        **_ORDERING,
    ),
    *(
        plain(
            f"{word}_count",
            INTEGER,
            label,
            storage=plans_counted(is_call=word == "call"),
            traits={"target": "activity"},
            **_ORDERING,
        )
        for word, label in PLANS
    ),
    plain(
        "open_activity_count",
        INTEGER,
        _("Number of own open activities"),
        storage=Tally(
            ActivityContact, "contact_id", (*plan(*OPEN_PLANS), *TAKING_PART), "activity_id"
        ),
        traits={"target": "own_activity"},
        **_ORDERING,
    ),
    *(
        plain(
            key,
            INTEGER,
            label,
            storage=Tallies((tied, *deals_counted().each)),
            traits={"target": "several"},
            **_ORDERING,
        )
        for key, label, tied in (
            ("company_deal_count", _("Number of companies and deals"), COMPANIES_COUNTED),
            ("people_deal_count", _("Number of people and deals"), PEOPLE_COUNTED),
        )
    ),
    *(
        plain(
            key,
            MOMENT,
            label,
            storage=Nearest(
                ActivityContact,
                "contact_id",
                "activity__starts_at",
                (*only, *TAKING_PART),
                "activity_id",
                is_latest,
            ),
            traits={"target": "activity"},
            **_ORDERING,
        )
        for key, label, only, is_latest in MOMENTS
    ),
)
