"""Read a contact as clients send it into values of the catalogue.

What is sent is partial. Some attributes are merged with what is stored (the one address, the first
website), so reading gives a function from the present document to values; for a new contact it
gets an empty document.
"""

from collections.abc import Callable, Mapping
from typing import Any

from api.redmineup.grammar import split_names
from api.redmineup.mapping import custom
from api.redmineup.mapping.contact_channels import (
    address_values,
    email_values,
    phone_values,
    skype_values,
    website_values,
)
from api.redmineup.mapping.contacts import shown_name
from api.redmineup.mapping.places import project_id_of
from contacts.access import Actor
from contacts.errors import Fault, InvalidError, NotFoundError
from contacts.services.values import check_values

Sent = Mapping[str, Any]
Values = dict[str, object]
Change = Callable[[Mapping[str, Any]], Values]

# Attributes that are one field of ours, as they come.
PLAIN = {
    "last_name": "last_name",
    "middle_name": "middle_name",
    "company": "company",
    "birthday": "birthday",
    "job_title": "job_title",
    "background": "background",
    "assigned_to_id": "owner",
}
VISIBILITIES: Mapping[str, int | None] = {"0": 0, "1": 1, "2": 2, "": None, "None": None}
# What else a visitor may have written, by the field in which the page shows it.
ENTERED = {
    "first_name": "first_name",
    "phone": "phones",
    "email": "emails",
    "website": "websites",
    "skype_name": "messengers",
    "tag_list": "tags",
}
# A checkbox sends whatever its page says; only these words say no.
FALSE = frozenset({"", "0", "f", "false", "n", "no", "off", "none", "null"})
KIND_NAMES = {
    "person": "first_name",
    "organization": "organization_name",
    "household": "household_name",
}


def from_wire(actor: Actor, sent: Sent, *, creating: bool) -> Change:
    """Return the change that the attributes ask for; unknown ones are ignored.

    The function raises InvalidError for what this dialect alone refuses.
    """

    def change(document: Mapping[str, Any]) -> Values:
        faults: list[Fault] = []
        values = {key: sent[name] for name, key in PLAIN.items() if name in sent}
        values.update(_names(sent, document, faults, creating=creating))
        for part in (phone_values, email_values, website_values, skype_values, address_values):
            values.update(part(sent, document, faults))
        values.update(custom.from_wire(actor, sent, "contact"))
        values.update(_tags(sent))
        values.update(_visibility(sent, faults))
        values.update(_belonging(actor, sent, faults, creating=creating))
        if faults:
            # With what the domain finds, so that nobody has to mend one fault after the other.
            _ready, others = check_values(actor, "contact", values, creating=creating)
            named = {fault.key for fault in faults}
            raise InvalidError([*faults, *(each for each in others if each.key not in named)])
        return values

    return change


def _names(
    sent: Sent, document: Mapping[str, Any], faults: list[Fault], *, creating: bool
) -> Values:
    present = str(document.get("kind", "person"))
    kind = _kind(sent, present, faults)
    values: Values = {"kind": kind} if creating or kind != present else {}
    shown = shown_name(document) if document else None
    name = sent.get("first_name", shown)
    if name is None or (isinstance(name, str) and not name.strip()):
        faults.append(Fault("first_name", "blank"))
    elif kind != present:
        # The name moves with the kind; where it was nothing stays behind.
        values |= {KIND_NAMES[present]: "", KIND_NAMES[kind]: name}
    elif "first_name" in sent and name != shown:
        # Clients send back what they have read, also the stand-in for a missing first name.
        values[KIND_NAMES[kind]] = name
    return values


def _kind(sent: Sent, present: str, faults: list[Fault]) -> str:
    if "is_company" not in sent:
        return present
    if isinstance(sent["is_company"], list | Mapping):
        faults.append(Fault("kind", "invalid"))
        return present
    if str(sent["is_company"]).strip().lower() not in FALSE:
        return "organization"
    return "person" if present == "organization" else present


def _tags(sent: Sent) -> Values:
    for name in ("tag_list", "tags"):
        if name in sent:
            return {"tags": tag_names(sent[name])}
    return {}


def tag_names(sent: object) -> object:
    """Return the names of a comma list with quotes, or of a list; each once."""
    if sent is None:
        return []
    # A number here is a name; the domain would take it for an id.
    if isinstance(sent, str | int | float) and not isinstance(sent, bool):
        return list(dict.fromkeys(split_names(str(sent), ",")))
    if isinstance(sent, list):
        return [
            str(each) if isinstance(each, int | float) else each
            for each in sent
            if each is not None
        ]
    return sent


def _visibility(sent: Sent, faults: list[Fault]) -> Values:
    """Return the number; the domain would take names for it as well."""
    if "visibility" not in sent:
        return {}
    word = str(sent["visibility"]).strip()
    if word not in VISIBILITIES:
        faults.append(Fault("visibility", "not_in_list"))
        return {}
    return {"visibility": VISIBILITIES[word]}


def _belonging(actor: Actor, sent: Sent, faults: list[Fault], *, creating: bool) -> Values:
    values: Values = {}
    if actor.is_administrator and sent.get("author_id") not in (None, ""):
        values["author"] = sent["author_id"]
    if "project_ids" in sent:
        values["projects"] = _project_ids(sent["project_ids"], faults)
    if not creating and "projects" in values and not values["projects"]:
        faults.append(Fault("projects", "blank"))
    return values


def _project_ids(sent: object, faults: list[Fault]) -> list[int]:
    if isinstance(sent, Mapping):
        sent = list(sent.values())
    named = sent if isinstance(sent, list) else [sent]
    found: list[int] = []
    for each in named:
        if each in (None, ""):
            continue
        try:
            found.append(project_id_of(each))
        except NotFoundError:
            faults.append(Fault("projects", "unknown"))
    return found


def entered_values(sent: Sent) -> Values:
    """Return what a visitor wrote by field key, unread and unchecked, to be shown again."""
    return {
        key: text
        for name, key in {**PLAIN, **ENTERED}.items()
        if isinstance(text := sent.get(name), str) and text
    }
