"""Write changes of contacts, notes and activities down as requests of this protocol."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.filling import Body, Values, country_code, fill, lacking_of, new_rows, without_targets
from api.base.intentions import Intention, Told, UnsayableError
from api.concord.labels import custom_name
from api.concord.mapping import choices
from api.concord.mapping.bodies import trimmed
from api.concord.mapping.contact_values import ADDRESS
from api.concord.mapping.phones import TYPES
from api.concord.resources.activities import ACTIVITIES, read_activity
from api.concord.resources.contacts import COMPANIES, CONTACTS
from api.concord.resources.table import Resource
from api.concord.telling import HEADERS
from contacts.access import Actor
from contacts.fields import Field
from contacts.query import find_contacts, get_contact, get_record

# Keys of bodies by the field that they set, where the rules of lists do not tell.
NAMES: Mapping[str, tuple[str, ...]] = {
    "tags": ("tags",),
    "organization_name": ("name",),
    "household_name": ("name",),
}
RESOURCES = {"person": CONTACTS, "organization": COMPANIES}


@dataclass(frozen=True, slots=True)
class ContactFiller:
    """Fills the body of a person or company; ``document`` is the present one, empty if new."""

    actor: Actor
    resource: Resource
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield bodies that might set a field."""
        if field.is_custom:
            yield from ({custom_name(field.slug): each} for each in values)
        elif field.key == "phones":
            yield from ({"phones": _phones(values[0], word)} for word in TYPES)
        elif field.key == "emails":
            yield from ({"email": row.get("address")} for row in values[0])
            yield {"email": None}
        elif field.key == "addresses":
            yield from map(_address, new_rows(values[0], self.document, field.key))
        else:
            rules = self.resource.rules.values()
            names = [each.name for each in rules if each.key == field.key]
            yield from (
                {name: each} for name in (*NAMES.get(field.key, ()), *names) for each in values
            )

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values of a body; parts are read as of a record that is there."""
        assert self.resource.read is not None  # noqa: S101 -- both resources have it
        present = {"kind": "person" if self.resource is CONTACTS else "organization"}
        before = self.document or (None if is_whole else present)
        return self.resource.read(self.actor, trimmed(body), before)

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return all keys."""
        return {name: value for each in bodies for name, value in each.items()}


def _phones(rows: Sequence[Mapping[str, Any]], word: str) -> list[Body]:
    return [{"number": row.get("number"), "type": word} for row in rows]


def _address(row: Mapping[str, Any]) -> Body:
    texts = {name: row[key] for name, key in ADDRESS.items() if row.get(key)}
    country = choices.country(choices.country_of(country_code(row)))
    return {**texts, "country_id": country["id"]} if country else texts


@dataclass(frozen=True, slots=True)
class ActivityFiller:
    """Fills the body of an activity; ``document`` is the present one, empty for a new one."""

    actor: Actor
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield bodies that might set a field."""
        rules = ACTIVITIES.rules.values()
        names = [each.name for each in rules if field.key in (each.key, each.order)]
        yield from ({name: value} for name in names for value in values)

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values of a body; parts are read as of an activity that is there."""
        return read_activity(self.actor, trimmed(body), self.document or (None if is_whole else {}))

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return all keys; a new activity is somebody's."""
        found = {name: value for each in bodies for name, value in each.items()}
        return found if self.document else {"user_id": self.actor.user_id, **found}


def _activity(actor: Actor, intention: Intention) -> Told:
    address = "/api/activities"
    if intention.verb == "delete":
        path = f"{address}/{intention.record}"
        return Told([Step(path=path, method="DELETE", headers=HEADERS)])
    own, targets = without_targets(intention)
    if intention.record is not None:
        before = get_record(actor, "activity", intention.record)
        filled = fill(actor, intention, ActivityFiller(actor, before), before)
        return Told([_step("PUT", f"{address}/{intention.record}", filled.body)], filled.remarks)
    filled = fill(actor, own, ActivityFiller(actor, {}))
    ties: dict[str, list[int]] = {}
    for pk, contact in find_contacts(actor, targets).items():
        ties.setdefault(RESOURCES.get(str(contact["kind"]), COMPANIES).name, []).append(pk)
    return Told([_step("POST", address, {**filled.body, **ties})], filled.remarks)


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request that makes a change; raises UnsayableError."""
    write = _WRITERS.get(intention.kind)
    if write is None:
        raise UnsayableError(_("It knows no such records."))
    return write(actor, intention)


def _contact(actor: Actor, intention: Intention) -> Told:
    before = None
    if intention.record is not None:
        before = get_contact(actor, intention.record, archived=None)
    kind = str((before or intention.values).get("kind", "person"))
    resource = RESOURCES.get(kind)
    if resource is None:
        raise UnsayableError(_("It makes people and companies, and no households."))
    moved = _moved(intention, resource)
    if moved is not None:
        return Told([moved])
    filled = fill(actor, intention, ContactFiller(actor, resource, before or {}), before)
    path = f"/api/{resource.name}"
    if before is None:
        return Told([_step("POST", path, filled.body)], filled.remarks)
    return Told([_step("PUT", f"{path}/{intention.record}", filled.body)], filled.remarks)


def _moved(intention: Intention, resource: Resource) -> Step | None:
    """Return the request into the trash, out of it, or away for good."""
    address = f"{resource.name}/{intention.record}"
    moves = {
        "archive": ("DELETE", f"/api/{address}"),
        "restore": ("POST", f"/api/trashed/{address}"),
        "delete": ("DELETE", f"/api/{address}/force"),
    }
    if intention.verb not in moves:
        return None
    method, path = moves[intention.verb]
    return Step(path=path, method=method, headers=HEADERS)


def _note(actor: Actor, intention: Intention) -> Told:
    address = f"/api/notes/{intention.record}"
    if intention.verb == "delete":
        return Told([Step(path=address, method="DELETE", headers=HEADERS)])
    if "content" not in intention.values:
        raise UnsayableError(_("It changes the text of a note and nothing else of it."))
    lacking = lacking_of(intention, {"content", "contact"})
    if intention.verb == "change":
        raise UnsayableError(_("It asks for the record from which a note is written again."))
    contact = get_contact(actor, int(str(intention.values["contact"])))
    about = RESOURCES.get(str(contact["kind"]), COMPANIES)
    body = {
        "body": intention.values["content"],
        "via_resource": about.name,
        "via_resource_id": contact["id"],
    }
    return Told([_step("POST", "/api/notes", body)], lacking)


_WRITERS: Mapping[str, Callable[[Actor, Intention], Told]] = {
    "activity": _activity,
    "contact": _contact,
    "note": _note,
}


def _step(method: str, path: str, body: Body) -> Step:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Step(path=path, method=method, headers=HEADERS, json=text)
