"""The table of the fields that only members have, and of groups."""

from typing import Any

from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.meanings.base import Meaning
from api.wildapricot.mapping.meanings.memberships import (
    INDIVIDUAL,
    Bundle,
    Groups,
    Level,
    Member,
    MemberFlag,
    Role,
    Status,
    Suspended,
)
from api.wildapricot.mapping.meanings.moments import Day, Moment
from api.wildapricot.mapping.options import Option

# The second word of each is that of newer accounts, which filters and bodies may use.
STATUSES = (
    Option(1, "Active", "active"),
    Option(2, "Lapsed", "lapsed"),
    Option(20, "PendingNew", "pending_new", ("Pending - New",)),
    Option(3, "PendingRenewal", "pending_renewal", ("Pending - Renewal",)),
    Option(30, "PendingUpgrade", "pending_upgrade", ("Pending - Level change",)),
)
ROLES = (
    Option(INDIVIDUAL, "Individual"),
    Option(1, "Bundle administrator", 1),
    Option(2, "Bundle member", 2),
)


def _about_members(
    number: int,
    name: str,
    code: str,
    meaning: Meaning,
    **more: Any,  # the keywords of WireField
) -> WireField:
    more.setdefault("access", "Nobody")
    more.setdefault("is_built_in", True)
    return WireField(id=number, name=name, code=code, meaning=meaning, member_only=True, **more)


# These everybody has: they tell who is a member.
WHO_IS_MEMBER = (
    WireField(
        id=3021,
        name="Member",
        code="IsMember",
        meaning=Member(("is_member",)),
        is_editable=False,
        is_built_in=True,
        access="Nobody",
    ),
    WireField(
        id=3022,
        name="Suspended member",
        code="IsSuspendedMember",
        meaning=Suspended(("is_suspended_member",)),
        is_editable=False,
        is_built_in=True,
        access="Nobody",
    ),
)

MEMBER_FIELDS = (
    _about_members(7003, "Member role", "MemberRole", Role(("member_role",), fixed=ROLES)),
    _about_members(7005, "Member since", "MemberSince", Moment(("member_since",), is_kept=True)),
    _about_members(7006, "Renewal due", "RenewalDue", Day(("renewal_due",))),
    _about_members(7010, "Membership level ID", "MembershipLevelId", Level(("membership_level",))),
    _about_members(
        7013,
        "Access to profile by others",
        "AccessToProfileByOthers",
        MemberFlag(("hides_profile",), inverted=True),
    ),
    _about_members(
        7020,
        "Renewal date last changed",
        "RenewalDateLastChanged",
        Moment(("renewal_changed_at",)),
        is_editable=False,
    ),
    _about_members(
        7021,
        "Level last changed",
        "LevelLastChanged",
        Moment(("level_changed_at",)),
        is_editable=False,
    ),
    _about_members(7023, "Bundle ID", "BundleId", Bundle(("bundle",)), is_searchable=False),
    _about_members(
        7007, "Membership status", "Status", Status(("membership_status",), fixed=STATUSES)
    ),
    _about_members(
        7001,
        "Membership enabled",
        "MembershipEnabled",
        MemberFlag(("is_membership_enabled",)),
        is_editable=False,
        is_searchable=False,
    ),
    WireField(
        id=7002,
        name="Group participation",
        code="Groups",
        meaning=Groups(("groups",)),
        access="Nobody",
    ),
)
