"""What stands at the top of a contact about its membership, read and written."""

from collections.abc import Callable, Mapping
from typing import Any

from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.literals import truth_of
from api.wildapricot.mapping.meanings.choices import UNEXPECTED
from api.wildapricot.mapping.meanings.memberships import is_member, levels
from api.wildapricot.mapping.member_fields import STATUSES
from api.wildapricot.mapping.options import chosen
from contacts.fields import reference

Wire = dict[str, object]
Document = dict[str, Any]  # JSON of any shape
Body = Mapping[str, Any]

STATUS_WORDS = {option.key: option.label for option in STATUSES}
# Fields that make a member of somebody who is none.
MAKING_MEMBER = frozenset({"MembershipLevelId", "BundleId"})
# What waits for a decision may be decided by a program.
WAITING = frozenset({"pending_new", "pending_renewal", "pending_upgrade"})
DECISIONS = ("ApprovePendingMembership", "RejectPendingMembership")


def membership_of(document: Document, address: Callable[[object], str]) -> Wire:
    """Return the keys at the top of a member; whoever is no member has none of them."""
    if not is_member(document):
        return {}
    level_id = document["membership_level_id"]
    return {
        "MembershipLevel": {
            "Id": level_id,
            "Url": address(level_id),
            "Name": reference.membership_levels().name_of(level_id),
        },
        "MembershipEnabled": bool(document.get("is_membership_enabled")),
        "Status": STATUS_WORDS.get(document.get("membership_status"), ""),
    }


def extended(document: Document, address: Callable[[str, object], str]) -> Wire:
    """Return what more can be said of a membership: the decisions it waits for, as addresses."""
    waits = document.get("membership_status") in WAITING
    number = document["id"]
    actions = [{"Url": address(name, number), "Name": name} for name in DECISIONS if waits]
    return {"PendingMembershipOrderStatusType": "Invisible", "AllowedActions": actions}


def write_membership(draft: Draft, body: Body) -> None:
    """Put the keys at the top of a body into the draft.

    A level makes a member; of whoever is none the other keys are ignored.
    """
    _write_level(draft, body.get("membershiplevel"))
    if not becomes_member(draft):
        return
    if body.get("status") not in (None, ""):
        option = chosen(STATUSES, body["status"])
        if option is None:
            draft.refuse("Status", _text(body["status"]), UNEXPECTED)
        else:
            draft.set("membership_status", option.key)
    if body.get("membershipenabled") is not None:
        truth = truth_of(body["membershipenabled"])
        if truth is None:
            draft.refuse("MembershipEnabled", None, "Value is not true or false.")
        else:
            draft.set("is_membership_enabled", truth)


def becomes_member(draft: Draft) -> bool:
    """Tell whether the contact will be a member when the draft is stored."""
    return _level_after(draft) is not None or _joins(draft)


def will_have(draft: Draft, field: WireField) -> bool:
    """Tell whether the contact will have a field when the draft is stored.

    Who joins a bundle has the bundle's level, whichever that is.
    """
    level_id = _level_after(draft)
    return field.is_there_for(level_id) or (level_id is None and _joins(draft))


def _level_after(draft: Draft) -> object:
    return draft.values.get("membership_level", draft.document.get("membership_level_id"))


def _joins(draft: Draft) -> bool:
    return draft.values.get("bundle") is not None


def _write_level(draft: Draft, given: object) -> None:
    # Typed clients send null for what they do not mention.
    if given is None or given == {}:
        return
    option = chosen(levels(), given)
    if option is None:
        draft.refuse("MembershipLevel", _text(given), UNEXPECTED)
    else:
        draft.set("membership_level", option.key)


def _text(value: object) -> object:
    if isinstance(value, Mapping):
        return next((each for key, each in value.items() if str(key).casefold() == "id"), None)
    return value if isinstance(value, str | int) else None
