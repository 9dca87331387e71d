"""Make, change, trash and restore contacts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.civicrm.actions.reading import get
from api.civicrm.actions.writing import (
    creation_of,
    id_of,
    is_given,
    matched,
    require_params,
    stored,
    values_of,
)
from api.civicrm.calls import Call, Records, Result, success
from api.civicrm.contact.documents import flat
from api.civicrm.contact.formats import kind_of, read_text, strangers_to
from api.civicrm.contact.keys import set_key
from api.civicrm.contact_ids import own_contact_id
from api.civicrm.errors import CiviApiError, bad_option, missing_params
from api.civicrm.grammar.options import is_yes
from api.civicrm.living_together import keep_former_employer
from api.civicrm.preparing import prepared
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.query import Query, all_of, find_contacts, get_contact, search, where
from contacts.services.contacts import (
    archive_contact,
    create_contact,
    delete_contact,
    restore_contact,
    update_contact,
)

Params = Mapping[str, Any]  # JSON
Values = dict[str, object]
Document = dict[str, Any]

_OWN = (
    "This contact record is linked to the currently logged in user account - and cannot be deleted."
)
_UNMATCHED = (
    "Duplicate check must include criteria to check against (missing or invalid $params['match'])."
)
_UNTYPED = (
    "Duplicate check must include a contact type. "
    "(missing or invalid $params['match']['contact_type'])"
)
_INDIVIDUAL = ("first_name", "last_name", "email", "display_name")
_NAMED_BY = {"organization": "organization_name", "household": "household_name"}


def missing(params: Params) -> list[str]:
    """Return what a new contact lacks."""
    if not is_given(params.get("contact_type")):
        return ["contact_type"]
    kind = kind_of(params["contact_type"])
    if kind is None:
        raise bad_option("contact_type", params["contact_type"])
    if kind != "person":
        name = _NAMED_BY[kind]
        return [] if is_given(params.get(name)) else [name]
    if any(is_given(params.get(name)) for name in _INDIVIDUAL):
        return []
    return [f"one of ({', '.join(_INDIVIDUAL)})"]


def create(call: Call) -> Records:
    """Make a contact or, with an id, change what is given."""
    call = matched(call)
    contact_id = id_of(call)
    if contact_id is None:
        require_params(call)
        _refuse_duplicate(call)
        document = _created(call)
    else:
        document = _changed(call, contact_id)
    if is_given(call.params.get("api_key")):
        set_key(call.actor, int(document["id"]), call.params["api_key"])
    _note(call, int(document["id"]))
    return Records({str(document["id"]): stored(call, document)})


def _note(call: Call, contact_id: int) -> None:
    """Write down the notes that a call brings along with a contact: a text, or a list of them."""
    given = call.params.get("note")
    entity = entity_named("Note")
    if not given or entity is None:
        return
    for each in given if isinstance(given, list) else [given]:
        note = each if isinstance(each, Mapping) else {"note": each}
        params = {**note, "entity_id": contact_id, "entity_table": "civicrm_contact"}
        creation_of(entity)(prepared(entity, "create", params, call.actor, depth=call.depth))


def values_for_new(call: Call) -> Values:
    """Return the values of a new contact."""
    values = _values(call)
    _refuse_strange_subtypes(values, str(values.get("kind", "person")))
    values |= _names(call.params, values)
    email = call.params.get("email")
    if is_given(email):
        address = read_text(email, "email").lower()
        values["emails"] = [{"address": address, "location": "home", "is_primary": True}]
    else:
        values.pop("emails", None)
    if is_given(call.params.get("home_url")):
        values["websites"] = [{"url": read_text(call.params["home_url"], "home_url")}]
    return values


def values_for(call: Call, before: Mapping[str, Any]) -> Values:
    """Return the values that change a contact with this document."""
    values = _without_what_stays(call, before, _values(call))
    _refuse_strange_subtypes(values, str(values.get("kind") or before["kind"]))
    return {**values, **_email_change(before, values.pop("emails", None))}


def _without_what_stays(call: Call, before: Mapping[str, Any], values: Values) -> Values:
    """Return the values without texts that are sent as they are shown, and blanks shown as such.

    What stands there may be none of this protocol's, as a prefix that is in no list.
    """
    laid, same = flat(before), set[str]()
    for field in call.entity.fields(call.actor):
        is_sent = any(call.params.get(name) is not None for name in field.names)
        if not is_sent or not field.path or field.key not in values:
            continue
        value, shown = values[field.key], field.format.written(laid.get(field.path), field)
        if value == shown if isinstance(value, str) else value is None and shown == "":
            same.add(field.key)
    return {key: value for key, value in values.items() if key not in same}


def _refuse_strange_subtypes(values: Values, kind: str) -> None:
    strangers = strangers_to(kind, str(values.get("subtypes") or ""))
    if strangers:
        listed = ", ".join(strangers)
        raise CiviApiError(f"Invalid or Mismatched Contact Subtype: {listed}", 0)


def _created(call: Call) -> Document:
    values = values_for_new(call)
    document: Document = create_contact(call.actor, _employed(call.actor, values))
    if is_yes(call.params.get("is_deleted")):
        archive_contact(call.actor, int(document["id"]))
    return document


def _changed(call: Call, contact_id: int) -> Document:
    actor, params = call.actor, call.params
    living = find_contacts(actor, [contact_id], archived=None).get(contact_id)
    if living is None:
        raise CiviApiError(f"Contact id {contact_id} not found.", 0)
    try:
        is_archived = "archived_at" in living
        wanted = wants_trash(params, is_archived)
        if is_archived:
            restore_contact(actor, contact_id)
        document: Document = update_contact(
            actor, contact_id, lambda before: _employed(actor, values_for(call, before))
        )
        keep_former_employer(actor, living, document)
        if wanted:
            archive_contact(actor, contact_id)
    except ForbiddenError:
        message = "Permission denied to modify contact record"
        raise CiviApiError(message, "unauthorized") from None
    return document


def wants_trash(params: Params, now: bool) -> bool:
    """Say whether a contact is to be in the trash, which is where it is ``now`` or not."""
    given = params.get("is_deleted", params.get("contact_is_deleted"))
    return now if given in (None, "") else is_yes(given)


def _values(call: Call) -> Values:
    values = values_of(call)
    for name, key in (("individual_prefix", "prefix_id"), ("individual_suffix", "suffix_id")):
        given = call.params.get(name, call.params.get(name.removeprefix("individual_")))
        if given is not None:
            values |= values_of(replace(call, params={key: given}))
    if call.params.get("gender") is not None:
        values |= values_of(replace(call, params={"gender_id": call.params["gender"]}))
    return values


def _names(params: Params, values: Values) -> Values:
    """Return the parts of a name that is given as a whole, where no part is given."""
    whole_name = params.get("display_name")
    if values.get("first_name") or values.get("last_name") or not is_given(whole_name):
        return {}
    if values.get("kind") != "person":
        return {}
    first, _, last = read_text(whole_name, "display_name").strip().rpartition(" ")
    return {"first_name": first or last, "last_name": last if first else ""}


def _email_change(before: Mapping[str, Any], address: object) -> Values:
    """Return the list of e-mails with another primary one; the original ignores it."""
    if not isinstance(address, str) or not address:
        return {}
    emails = [dict(item) for item in before.get("emails", ())]
    for item in emails:
        if item.get("is_primary"):
            # Sent back as it was read: what another protocol stored keeps its capitals.
            is_same = item["address"].lower() == address.lower()
            item["address"] = item["address"] if is_same else address.lower()
            return {"emails": emails}
    return {"emails": [*emails, {"address": address.lower(), "location": "home"}]}


def _employed(actor: Actor, values: Values) -> Values:
    """Return the values with an employer for a name: one that is not there is made."""
    name = values.get("company")
    if not name or values.get("employer") or values.get("kind", "person") != "person":
        return values
    found = search(
        actor,
        Query(
            "contact",
            where(actor, "organization_name", "eq", name),
            limit=1,
            total=False,
        ),
    )
    if found.ids:
        return values
    made = create_contact(actor, {"kind": "organization", "organization_name": name})
    return {**{k: v for k, v in values.items() if k != "company"}, "employer": made["id"]}


def _refuse_duplicate(call: Call) -> None:
    if not is_yes(call.params.get("dupe_check")):
        return
    ids = duplicates(call.actor, call.params)
    if ids:
        listed = ",".join(map(str, ids))
        raise CiviApiError(
            f"Found matching contacts: {listed}", "duplicate", ids=[str(each) for each in ids]
        )


# Field of the catalogue: what of a new contact makes one that is there the same.
_SAME = {"first_name": "first_name", "last_name": "last_name", "emails": "email"}


def duplicates(actor: Actor, params: Params) -> list[int]:
    """Return the ids of the contacts that say the same of who they are."""
    kind = kind_of(params.get("contact_type"))
    same = dict(_SAME) if kind in (None, "person") else {_NAMED_BY[kind]: _NAMED_BY[kind]}
    given = {key: params[name] for key, name in same.items() if is_given(params.get(name))}
    if not given:
        return []
    email = given.pop("emails", None)
    conditions = (
        [where(actor, "emails", "eq", email)]
        if email
        else [where(actor, key, "eq", value) for key, value in given.items()]
    )
    found = search(actor, Query("contact", all_of(*conditions), users=True, total=False))
    return found.ids


def duplicate_check(call: Call) -> Records:
    """Return the contacts that say the same of who they are as a description does."""
    match = call.params.get("match")
    if not isinstance(match, dict):
        raise CiviApiError(_UNMATCHED, 0)
    if not isinstance(match.get("contact_type"), str):
        raise CiviApiError(_UNTYPED, 0)
    ids = duplicates(call.actor, match)
    if ids and call.params.get("return"):
        return get(replace(call, params={"id": {"IN": ids}}))
    return Records({str(pk): {"id": str(pk)} for pk in ids})


def delete(call: Call) -> Result:
    """Put a contact into the trash, take it out, or delete it for good."""
    contact_id = id_of(call)
    if contact_id is None:
        raise missing_params("id")
    actor = call.actor
    if contact_id == own_contact_id(actor):
        raise CiviApiError(_OWN, 0)
    try:
        if is_yes(call.params.get("restore")):
            restore_contact(actor, contact_id)
        else:
            _remove(actor, contact_id, for_good=is_yes(call.params.get("skip_undelete")))
    except NotFoundError:
        raise CiviApiError("Could not delete contact", 0) from None
    except ForbiddenError:
        raise CiviApiError("Could not delete contact", "unauthorized") from None
    return success(1)


def _remove(actor: Actor, contact_id: int, *, for_good: bool) -> None:
    # What is in the trash already stays there, but not even that is answered to a reader.
    actor.require_write()
    document = get_contact(actor, contact_id, archived=None)
    if "archived_at" not in document:
        archive_contact(actor, contact_id)
    if for_good:
        delete_contact(actor, contact_id)
