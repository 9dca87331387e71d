"""GroupContact: who is in which group. Its answers have a shape of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from itertools import product
from typing import Any, ClassVar

from api.civicrm.actions.writing import listed, shared_by_all, to_be_replaced
from api.civicrm.calls import Asked, Call, Operation, Params, Record, Result, success
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_option, bad_reference
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.options import is_yes
from api.civicrm.mapping.conditions import NOTHING
from api.civicrm.mapping.declaring import moment, points_to, record_id, text, yes_no
from api.civicrm.mapping.fields import Document, Fields, WireField
from api.civicrm.mapping.formats import Text, whole
from api.civicrm.mapping.named import id_in, pointing_to
from api.civicrm.mapping.offering import records, words
from api.civicrm.mapping.options import meets
from api.civicrm.permissions import MEMBER, Permissions
from api.civicrm.sources.records import RecordSource, written
from api.civicrm.tying import with_ends
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.query import Condition, all_of, where
from contacts.services.group_members import Moved, forget_members, set_members

Ends = tuple[list[int], list[int]]  # ids of contacts, ids of groups

STATUSES = {"Added": "added", "Removed": "removed", "Pending": "pending"}
_TITLES = {status: title for title, status in STATUSES.items()}


class Status(Text):
    """Whether a contact is in a group."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the status as the original writes it."""
        return _TITLES.get(str(value), "")

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the statuses it takes."""
        taken = [status for title, status in STATUSES.items() if meets(asked, title)]
        return where(actor, "status", "in", taken, kind=kind) if taken else NOTHING


@dataclass(frozen=True)
class MemberSource(RecordSource):
    """The members of groups; without a status those that are in."""

    def conditions(self, actor: Actor, fields: Fields, asked: Asked) -> Condition | None:
        """Return all filters as one condition."""
        found = RecordSource.conditions(self, actor, fields, asked)
        names = {each.name for each in asked.filters}
        # Version 4, which alone nests its conditions, leaves nobody out.
        if names & {"status", "id"} or asked.where is not None:
            return found
        return all_of(found, where(actor, "status", "eq", "added", kind="group_member"))


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [_laid_out(document) for document in documents]
    names = {each.name for each in asked.filters}
    if asked.returned is None and not asked.is_complete:
        default = _OF_CONTACT if "contact_id" in names and "group_id" not in names else _OF_GROUP
        asked = Asked(filters=asked.filters, returned=default)
    return written(GROUP_CONTACT, actor, shown, asked)


_OF_GROUP = ("id", "group_id", "contact_id", "status")
_OF_CONTACT = (
    *("id", "group_id", "title", "visibility", "is_hidden", "saved_search_id"),
    *("in_date", "in_method"),
)


def _laid_out(document: Document) -> dict[str, Any]:
    group = document.get("group") or {}
    return {
        **document,
        "title": group.get("name"),
        "visibility": _VISIBILITIES.get(str(group.get("visibility")), ""),
        "is_hidden": group.get("is_hidden"),
        "in_method": _METHODS.get(str(document.get("through")), "API"),
    }


# Through which door: what the original calls it.
_METHODS = {"browser": "Admin", "form": "Web"}
_VISIBILITIES = {"staff": "User and User Admin Only", "public": "Public Pages"}


def create(call: Call) -> Result:
    """Give contacts a status in groups and say for how many it is a new one."""
    status = status_of(call.params)
    moved = _moved(call, ends_of(call), status)
    return {**success(1), **_told("removed" if status == "removed" else "added", [moved])}


def status_of(params: Params) -> str:
    """Return the status that parameters give a membership; raises CiviApiError."""
    given = params.get("status") or "Added"
    status = STATUSES.get(str(given).strip().capitalize())
    if status is None:
        raise bad_option("status", given)
    return status


def delete(call: Call) -> Result:
    """Take contacts out of groups and say how many were in."""
    wanted = str(call.params.get("status") or "").strip().capitalize()
    status: str | None = STATUSES["Pending" if wanted == "Pending" else "Removed"]
    if is_yes(call.params.get("skip_undelete")) or wanted == FORGOTTEN:
        status = None
    return {**success(1), **_told("removed", [_moved(call, ends_of(call), status)])}


# The status that the original has for nothing being left.
FORGOTTEN = "Deleted"


def replace(call: Call) -> Result:
    """Leave in groups exactly the contacts that are listed; say how many are new, how many went.

    What the call names beside the list, a group or a contact, says which memberships are meant.
    """
    base = shared_by_all(call)
    rows = [{**base, **row} for row in listed(call)]
    wanted = [(ends_of(changed(call, params=row)), status_of(row)) for row in rows]
    kept = {pair for ends, _status in wanted for pair in product(*ends)}
    present = {
        (int(record["contact_id"]), int(record["group_id"]))
        for record in to_be_replaced(call, base, "contact_id", "group_id")
    }
    gone = [_moved(call, ([contact], [group]), "removed") for contact, group in present - kept]
    joined = [_moved(call, ends, status) for ends, status in wanted]
    told = {**success(1), **_told("removed", gone)} if gone else success(1)
    return {**told, **_told("added", joined)}


def ends_of(call: Call) -> Ends:
    """Return the contacts and the groups that a call names; raises CiviApiError."""
    params = with_ends(call, ("group_id", "contact_id"))
    contacts = [whole(item, "contact_id") for item in several(params["contact_id"])]
    groups = [id_in(reference.groups(), item, "group_id") for item in several(params["group_id"])]
    return contacts, groups


def _moved(call: Call, ends: Ends, status: str | None) -> Moved:
    """Give contacts a status in groups, or none any more; raises CiviApiError."""
    contacts, groups = ends
    try:
        if status is None:
            return forget_members(call.actor, groups, contacts)
        return set_members(call.actor, groups, contacts, status)
    except NotFoundError as error:
        name = "contact_id" if error.kind == "contact" else "group_id"
        raise bad_reference(name, error.record_id) from None


def _told(word: str, moves: Sequence[Moved]) -> dict[str, int]:
    total = sum(moved.asked for moved in moves)
    done = sum(moved.changed for moved in moves)
    return {"total_count": total, word: done, f"not_{word}": total - done}


GROUP_CONTACT = Entity(
    name="GroupContact",
    source=MemberSource("group_member", _write),
    fields=fixed(
        record_id("Group Contact ID"),
        points_to(
            "Group",
            "group_id",
            "Group ID",
            "group",
            is_required=True,
            ask=pointing_to(reference.groups, "group_member", "group"),
            offers=records(reference.groups),
        ),
        points_to("Contact", "contact_id", "Contact ID", "contact", is_required=True),
        text("title", "Group Title", path="title", is_writable=False),
        WireField(
            name="status",
            title="Group Contact Status",
            format=Status(),
            offers=words(STATUSES),
            key="status",
            path="status",
        ),
        text("visibility", "Visibility", path="visibility", is_writable=False),
        yes_no("is_hidden", "Is Hidden", path="is_hidden", is_writable=False, is_default=False),
        text("saved_search_id", "Saved Search", path="saved_search", is_writable=False),
        moment("in_date", "In Date", "added_at", is_writable=False),
        text("in_method", "In Method", path="in_method", is_writable=False),
        moment("out_date", "Out Date", "removed_at", is_writable=False),
    ),
    permissions=Permissions(get=MEMBER, other=("access CiviCRM", "edit groups")),
    actions={
        "create": Operation(create),
        "delete": Operation(delete),
        "replace": Operation(replace),
    },
    hidden_actions=frozenset({"setvalue", "update"}),
    # What it is called by is of its group, by which such records are not ordered.
    label="group_id",
)

ENTITIES = (GROUP_CONTACT,)
