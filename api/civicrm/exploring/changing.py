"""Say what a call would change, without changing it.

E-mails, phones and the like are entities here and lists of their contact in the domain: what is
said of one of them is said as a change of its contact.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from api.base.intentions import Intention, UnsayableError
from api.civicrm.actions.writing import id_of, matched, require_params, values_of
from api.civicrm.calls import Call
from api.civicrm.contact.writing import values_for, values_for_new, wants_trash
from api.civicrm.entities.activity import values_of_new as activity_values
from api.civicrm.entities.address import as_told
from api.civicrm.entities.entity_tag import ends_of as tagged
from api.civicrm.entities.group_contact import ends_of as grouped
from api.civicrm.errors import missing_params
from api.civicrm.grammar.options import is_yes
from api.civicrm.mapping.tables_named import NOTE_TABLE, table_of
from contacts.access import Actor
from contacts.fields import reference
from contacts.fields.channel_fields import LISTS
from contacts.query import get_contact, get_record

Values = dict[str, object]
Change = Callable[[Call], Intention]

# Kind of the domain by the entity that is one of a contact's list.
_CHANNELS = {
    "Email": "email",
    "Phone": "phone",
    "Address": "address",
    "Website": "website",
    "Im": "messenger",
}


def _contact(call: Call) -> Intention:
    call = matched(call)
    contact_id = id_of(call)
    if contact_id is None:
        require_params(call)
        return Intention(verb="create", values=values_for_new(call))
    before = get_contact(call.actor, contact_id, archived=None)
    is_archived = "archived_at" in before
    values = values_for(call, before)
    if wants_trash(call.params, is_archived) != is_archived:
        if values:
            raise UnsayableError(_("The others change a contact and its place in two requests."))
        return Intention(verb="restore" if is_archived else "archive", record=contact_id)
    return Intention(verb="change", record=contact_id, values=values)


def _set_value(call: Call) -> Intention:
    name, value = call.params.get("field"), call.params.get("value")
    if not isinstance(name, str) or value is None:
        raise missing_params("field", "value")
    change = CHANGES[call.entity.name, "create"]
    return change(replace(call, params={"id": call.params.get("id"), name: value}))


def _deleted_contact(call: Call) -> Intention:
    record = _named(call)
    get_contact(call.actor, record, archived=None)
    if is_yes(call.params.get("restore")):
        return Intention(verb="restore", record=record)
    return Intention(
        verb="delete" if is_yes(call.params.get("skip_undelete")) else "archive", record=record
    )


def _channel(call: Call, kind: str) -> Intention:
    """Return a channel's change as one of its contact's list."""
    channel_id, values = id_of(call), dict(as_told(values_of(call))[0])
    if any(key.startswith("custom_") for key in values):
        raise UnsayableError(_("The others know no custom fields of addresses."))
    if channel_id is None:
        require_params(call)
    item = {_part(key): value for key, value in values.items() if key != "contact"}
    if channel_id is not None:
        values["contact"] = get_record(call.actor, kind, channel_id)["contact_id"]
        item["id"] = channel_id
    return _listed(call.actor, kind, values["contact"], channel_id, [item])


def _deleted_channel(call: Call, kind: str) -> Intention:
    channel_id = _named(call)
    contact = get_record(call.actor, kind, channel_id)["contact_id"]
    return _listed(call.actor, kind, contact, channel_id, [])


def _listed(
    actor: Actor, kind: str, contact: object, channel_id: int | None, items: list[Values]
) -> Intention:
    """Return the change of a list in which these items take the place of a channel, or follow."""
    contact_id = int(str(contact))
    present: Any = get_contact(actor, contact_id).get(LISTS[kind], [])
    ids: list[int] = [row["id"] for row in present]
    if channel_id is None:
        rows = [*map(_kept, ids), *items]
    else:
        rows = [row for pk in ids for row in (items if pk == channel_id else [_kept(pk)])]
    return Intention(verb="change", record=contact_id, values={LISTS[kind]: rows})


def _kept(channel_id: int) -> Values:
    return {"id": channel_id}


def _part(key: str) -> str:
    return "country_id" if key == "country" else key


def _tied(
    call: Call, key: str, ends_of: Callable[[Call], tuple[list[int], list[int]]]
) -> Intention:
    """Return the tags or groups that a contact has then."""
    contacts, named = ends_of(call)
    if len(contacts) != 1:
        raise UnsayableError(_("The others change one contact in a request."))
    present: Any = get_contact(call.actor, contacts[0]).get(key, [])
    has: list[int] = present
    if call.action == "create":
        then = list(dict.fromkeys([*has, *named]))
    else:
        then = [pk for pk in has if pk not in named]
    if key == "tags":
        return _change_of(contacts[0], tags=[reference.tags().name_of(pk) for pk in then])
    return _change_of(contacts[0], groups=then)


def _change_of(contact_id: int, **values: object) -> Intention:
    return Intention(verb="change", record=contact_id, values=values)


def _record(
    call: Call, kind: str, values_of_new: Callable[[Actor, Mapping[str, Any]], Values]
) -> Intention:
    record, values = id_of(call), values_of(call)
    if record is None:
        require_params(call)
        return Intention(kind=kind, verb="create", values=values_of_new(call.actor, values))
    get_record(call.actor, kind, record)
    return Intention(kind=kind, verb="change", record=record, values=values)


def _note(call: Call) -> Intention:
    """Return a note's change; which table it is about goes without saying, unless it answers."""
    if table_of(call.params, NOTE_TABLE) == NOTE_TABLE:
        raise UnsayableError(_("The others answer notes in another way."))
    told = _record(call, "note", _as_given)
    return replace(told, values={k: v for k, v in told.values.items() if k != "entity_table"})


def _deleted(call: Call, kind: str) -> Intention:
    record = _named(call)
    get_record(call.actor, kind, record)
    return Intention(kind=kind, verb="delete", record=record)


def _named(call: Call) -> int:
    record = id_of(call)
    if record is None:
        raise missing_params("id")
    return record


def _of_activity(actor: Actor, values: Mapping[str, Any]) -> Values:
    """Return the values of a new activity; that the caller adds it goes without saying."""
    made = activity_values(actor, values)
    return made if values.get("sources") else {k: v for k, v in made.items() if k != "sources"}


def _as_given(_actor: Actor, values: Mapping[str, Any]) -> Values:
    return dict(values)


def _making(entity: str, change: Change, delete: Change) -> dict[tuple[str, str], Change]:
    return {
        (entity, "create"): change,
        (entity, "update"): change,
        (entity, "setvalue"): _set_value,
        (entity, "delete"): delete,
    }


# What would change, by entity and action.
CHANGES: Mapping[tuple[str, str], Change] = {
    **_making("Contact", _contact, _deleted_contact),
    **_making(
        "Note",
        _note,
        partial(_deleted, kind="note"),
    ),
    **_making(
        "Activity",
        partial(_record, kind="activity", values_of_new=_of_activity),
        partial(_deleted, kind="activity"),
    ),
    **{
        key: change
        for entity, kind in _CHANNELS.items()
        for key, change in _making(
            entity, partial(_channel, kind=kind), partial(_deleted_channel, kind=kind)
        ).items()
    },
    ("EntityTag", "create"): partial(_tied, key="tags", ends_of=tagged),
    ("EntityTag", "delete"): partial(_tied, key="tags", ends_of=tagged),
    ("GroupContact", "create"): partial(_tied, key="groups", ends_of=grouped),
    ("GroupContact", "delete"): partial(_tied, key="groups", ends_of=grouped),
}
