"""Read a contact from a body: top-level keys and ``FieldValues`` become values of the catalogue."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.base.errors import MalformedRequestError
from api.wildapricot.mapping.disclosures import write_level
from api.wildapricot.mapping.drafts import Document, Draft
from api.wildapricot.mapping.faults import note_sent
from api.wildapricot.mapping.fields import CUSTOM_FROM, WireField
from api.wildapricot.mapping.memberships import (
    MAKING_MEMBER,
    will_have,
    write_membership,
)
from api.wildapricot.mapping.options import chosen
from api.wildapricot.mapping.system_fields import KINDS
from api.wildapricot.mapping.table import Table
from contacts.access import Actor

# The keys beside FieldValues that are written, with the codes of their fields. All others (Url,
# DisplayName, Password …) are ignored: a whole contact that was read may be sent back.
TOP_LEVEL = {
    "firstname": "FirstName",
    "lastname": "LastName",
    "organization": "Organization",
    "email": "Email",
}
KIND_CODE = "custom-9013"

Body = Mapping[str, Any]  # JSON of any shape
# What is said of each field by its code: entries of FieldValues with their keys in small letters.
Sent = dict[str, Body]


def mapping_of(body: object) -> Body:
    """Return a body with its keys in small letters; raises MalformedRequestError."""
    if not isinstance(body, Mapping):
        raise MalformedRequestError("not a JSON object")
    return {str(key).casefold(): value for key, value in body.items()}


def draft_of(actor: Actor, table: Table, body: Body, document: Document | None = None) -> Draft:
    """Return the draft of a new contact, or of a change of the one with this document."""
    draft = Draft(actor, document or {})
    sent = _sent(table, body, draft)
    draft.kind = _kind(actor, sent, draft)
    write_membership(draft, body)
    # In the order of the table, not of the body: the primary phone comes before the mobile. Only
    # what makes a member comes before everything that is said of members.
    for field in sorted(table.fields, key=lambda each: each.code not in MAKING_MEMBER):
        entry = sent.get(field.system_code, {})
        if "value" in entry and _is_written(field, draft):
            # An empty array clears a field of any type, as null does.
            value = None if entry["value"] == [] else entry["value"]
            if not _is_sent_back(field, draft, value):
                field.meaning.write(draft, field.name, value)
                note_sent(draft, field, value)
        if "customaccesslevel" in entry:
            write_level(draft, field, entry["customaccesslevel"])
    if document is None:
        draft.set("kind", draft.kind)
    return draft


def _is_written(field: WireField, draft: Draft) -> bool:
    """Tell whether a field takes values; those of members are ignored of everybody else."""
    if not field.is_editable:
        return False
    return field.code in MAKING_MEMBER or will_have(draft, field)


def _is_sent_back(field: WireField, draft: Draft, value: object) -> bool:
    """Tell whether a custom field is sent as it was read.

    Of several numbers, days or users the first is shown, and several texts have commas between
    them: written back they would be another value.
    """
    is_custom = field.id > CUSTOM_FROM and bool(draft.document)
    return is_custom and value == field.meaning.read(draft.document)


def _sent(table: Table, body: Body, draft: Draft) -> Sent:
    """Return what is sent by the code of its field; later mentions win, entries over keys."""
    sent: Sent = {}
    for key, code in TOP_LEVEL.items():
        field = table.names.exact(code)
        # Typed clients send null under each key that they do not mention: it changes nothing.
        if body.get(key) is not None and field is not None:
            sent[field.system_code] = {"value": body[key]}
    for name, entry in _entries(body.get("fieldvalues")):
        field = table.names.exact(name)
        if field is None:
            draft.refuse(name, entry.get("value"), "Unknown field.")
        else:
            sent[field.system_code] = {**sent.get(field.system_code, {}), **entry}
    return sent


def _entries(entries: object) -> Iterator[tuple[str, Body]]:
    """Yield names and entries of FieldValues, keys small; raises MalformedRequestError."""
    if entries is None:
        return
    if not isinstance(entries, list):
        raise MalformedRequestError("FieldValues is not an array")
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise MalformedRequestError("an entry of FieldValues is not an object")
        fields = {str(key).casefold(): value for key, value in entry.items()}
        name = fields.get("systemcode") or fields.get("fieldname")
        if not isinstance(name, str) or not name.strip():
            raise MalformedRequestError("an entry of FieldValues names no field")
        yield name, fields


def _kind(actor: Actor, sent: Sent, draft: Draft) -> str:
    """Return the kind of contact that it will be: as sent, as it is, or as its names tell."""
    option = chosen(KINDS, sent.get(KIND_CODE, {}).get("value"))
    if option is not None:
        return str(option.key)
    if draft.document:
        return str(draft.document["kind"])
    named = [code for code in ("FirstName", "LastName") if _is_filled(sent, code)]
    is_organization = _is_filled(sent, "Organization") and not named
    return "organization" if is_organization else "person"


def _is_filled(sent: Sent, code: str) -> bool:
    return bool(str(sent.get(code, {}).get("value") or "").strip())
