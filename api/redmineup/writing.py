"""Write changes of contacts and notes down as requests of this protocol."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.filling import Body, Values, country_code, fill, lacking_of
from api.base.intentions import Intention, Told, UnsayableError
from api.redmineup.mapping import notes
from api.redmineup.mapping.contact_channels import ADDRESS_TEXTS
from api.redmineup.mapping.contact_values import ENTERED, KIND_NAMES, PLAIN, from_wire
from contacts.access import Actor
from contacts.fields import Field, reference
from contacts.query import get_contact
from contacts.services.placing import default_project

# Names of attributes by the field that they set; names of organizations are first names here.
NAMES: Mapping[str, tuple[str, ...]] = {
    **{key: (name,) for name, key in {**PLAIN, **ENTERED}.items()},
    **dict.fromkeys(KIND_NAMES.values(), ("first_name",)),
    "kind": ("is_company",),
    "visibility": ("visibility",),
    "projects": ("project_ids",),
}
MAIN = {"emails": "address", "phones": "number"}
FIRST = {"websites": "url", "messengers": "handle"}
NAMELESS = "?"


@dataclass(frozen=True, slots=True)
class ContactFiller:
    """Fills the attributes of a contact; ``document`` is the present one, empty for a new one."""

    actor: Actor
    kind: str
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield attributes that might set a field."""
        if field.is_custom:
            yield from (_custom(field, value) for value in values)
        elif field.key == "addresses":
            yield from ({"address_attributes": _address(row)} for row in reversed(values[0]))
        elif field.type.name == "channels":
            yield from ({name: text} for name in NAMES[field.key] for text in _texts(field, values))
        else:
            yield from ({name: each} for name in NAMES.get(field.key, ()) for each in values)

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values that attributes set; parts are read as of a contact that is there."""
        creating = is_whole and not self.document
        present = {"kind": self.kind, KIND_NAMES[self.kind]: NAMELESS}
        return from_wire(self.actor, body, creating=creating)(
            self.document or ({} if creating else present)
        )

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return all attributes."""
        found: dict[str, Any] = {}
        for each in bodies:
            for name, value in each.items():
                listed = name == "custom_fields" and name in found
                found[name] = [*found[name], *value] if listed else value
        if not self.document and self.kind == "organization":
            found["is_company"] = True
        return found


def _custom(field: Field, value: object) -> Body:
    return {"custom_fields": [{"id": field.custom_id, "value": value}]}


def _texts(field: Field, values: Sequence[Any]) -> Iterator[object]:
    """Yield the texts of a list of channels, or the first that counts."""
    rows = values[0]
    if field.key in MAIN:
        yield [row.get(MAIN[field.key]) for row in rows]
    else:
        yield from (row.get(FIRST[field.key]) for row in rows)
        yield ""


def _address(row: Mapping[str, Any]) -> Body:
    texts = {name: row[name] for name in ADDRESS_TEXTS if row.get(name)}
    code = country_code(row)
    return {**texts, "country_code": code} if code else texts


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request that makes a change; raises UnsayableError."""
    write = _WRITERS.get(intention.kind)
    if write is None:
        raise UnsayableError(_("It knows no such records."))
    return write(actor, intention)


def _contact(actor: Actor, intention: Intention) -> Told:
    address = f"/contacts/{intention.record}.json"
    if intention.verb == "archive":
        return Told([Step(path=address, method="DELETE")])
    if intention.verb in ("restore", "delete"):
        raise UnsayableError(_("It does not reach what is in the trash."))
    if intention.verb == "change":
        before = get_contact(actor, intention.record or 0)
        filler = ContactFiller(actor, str(before["kind"]), before)
        filled = fill(actor, intention, filler, before)
        return Told([_step("PUT", address, contact=filled.body)], filled.remarks)
    kind = str(intention.values.get("kind", "person"))
    if kind == "household":
        raise UnsayableError(_("It makes people and companies, and no households."))
    filled = fill(actor, intention, ContactFiller(actor, kind, {}))
    project = reference.projects().by_id.get(default_project(actor) or 0)
    if project is None:
        raise UnsayableError(_("Its contacts are in a project, and there is none for them."))
    step = _step("POST", "/contacts.json", contact={**filled.body, "project_id": project.key})
    return Told([step], filled.remarks)


def _note(_actor: Actor, intention: Intention) -> Told:
    address = f"/notes/{intention.record}.json"
    if intention.verb == "delete":
        return Told([Step(path=address, method="DELETE")])
    names = {key: name for name, key in notes.ATTRIBUTES.items()}
    sent = {names[key]: value for key, value in intention.values.items() if key in names}
    lacking = lacking_of(intention, {*names, "contact"})
    if intention.verb == "change":
        return Told([_step("PUT", address, note=sent)], lacking)
    about = {"source_type": "contact", "source_id": intention.values["contact"]}
    return Told([_step("POST", "/notes.json", note={**about, **sent})], lacking)


_WRITERS: Mapping[str, Callable[[Actor, Intention], Told]] = {"contact": _contact, "note": _note}


def _step(method: str, path: str, **body: object) -> Step:
    return Step(path=path, method=method, json=json.dumps(body, ensure_ascii=False))
