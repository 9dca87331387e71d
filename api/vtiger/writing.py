"""Write changes of contacts and notes down as operations of this protocol."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.filling import Body, Values, country_code, fill, lacking_of, new_rows, without_targets
from api.base.intentions import Intention, Told, UnsayableError
from api.vtiger.mapping.channels import ChannelField
from api.vtiger.mapping.field import Draft, WireField
from api.vtiger.mapping.ids import write_id
from api.vtiger.mapping.references import USERS
from api.vtiger.mapping.schedule import DayPart, TimePart
from api.vtiger.mapping.words import EVENT_STATUSES, EVENT_TYPES
from api.vtiger.modules import MODULES, Module
from api.vtiger.records import element_of, require_mandatory
from api.vtiger.records import fill as filled_draft
from contacts.access import Actor
from contacts.fields import Field, reference
from contacts.query import find_contacts, get_contact, get_record

ADDRESS = "/webservice.php"
BY_KIND = {"person": "Contacts", "organization": "Accounts"}
OWNER = "assigned_user_id"
EVENTS, CALENDAR = MODULES["Events"], MODULES["Calendar"]


@dataclass(frozen=True, slots=True)
class ElementFiller:
    """Fills an element of a module; ``document`` is the present record, empty for a new one."""

    actor: Actor
    module: Module
    fields: Sequence[WireField]
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield elements that might set a field."""
        known = [each for each in self.fields if field.key == getattr(each, "key", "")]
        if field.type.name == "channels":
            for row in new_rows(values[0], self.document, field.key):
                yield from _channel(known, row)
            yield from ({each.name: ""} for each in known)
            return
        yield from _moments(known, values)
        for each in known:
            yield from ({each.name: value} for value in _spelt(each, values))

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values of an element; a whole one needs everything that is mandatory."""
        element = element_of(body)
        if is_whole:
            require_mandatory(self.fields, element, partly=bool(self.document))
        return filled_draft(Draft(self.actor, self.document), self.fields, element)

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return all fields; a new record is somebody's."""
        found = {name: value for each in bodies for name, value in each.items()}
        if self.document:
            return found
        return {OWNER: own_id(self.actor), **self._without_end(found), **found}

    def _without_end(self, element: Body) -> Body:
        """Return what a new event must have besides: an end, its start, a status and a type."""
        if self.module.kind != "activity":
            return {}
        end = {"due_date": element.get("date_start"), "time_end": element.get("time_start")}
        usual = reference.options().default_of("activity_type")
        kind = EVENT_TYPES.get(usual.name, usual.label) if usual else EVENT_TYPES["meeting"]
        return {**end, "eventstatus": EVENT_STATUSES["scheduled"], "activitytype": kind}


def own_id(actor: Actor) -> str:
    """Return the id of the user who asks."""
    return write_id(USERS, actor.user_id)


def _channel(fields: Sequence[WireField], row: Mapping[str, Any]) -> Iterator[Body]:
    """Yield the fields of each sort with what a channel says."""
    sorts: dict[object, dict[str, Any]] = {}
    for each in fields:
        if isinstance(each, ChannelField):
            text = _part(row, each.part)
            if text:
                sorts.setdefault(each.pick, {})[each.name] = text
    yield from sorts.values()


def _part(row: Mapping[str, Any], part: str) -> str:
    if part == "street":
        return "\n".join(
            str(row[f"street{line}"]) for line in (1, 2, 3) if row.get(f"street{line}")
        )
    if part == "country":
        code = country_code(row)
        return reference.countries().by_key[code].name if code else ""
    return str(row.get(part) or "")


def _moments(fields: Sequence[WireField], values: Sequence[Any]) -> Iterator[Body]:
    """Yield day and time of a moment, which are two fields here."""
    day = next((each.name for each in fields if isinstance(each, DayPart)), None)
    time = next((each.name for each in fields if isinstance(each, TimePart)), None)
    if day and time:
        yield from (
            {day: value[:10], time: value[11:19]} for value in values if isinstance(value, str)
        )


def _spelt(field: WireField, values: Sequence[Any]) -> Iterator[object]:
    yield from values
    # Tags are one text; what else has several values is a list.
    yield from (",".join(map(str, value)) for value in values if isinstance(value, list))
    for target in getattr(field, "targets", ()):
        yield from (write_id(target.number, value) for value in values if isinstance(value, int))


def told(actor: Actor, intention: Intention) -> Told:
    """Return the operation that makes a change; raises UnsayableError."""
    write = _WRITERS.get(intention.kind)
    if write is None:
        raise UnsayableError(_("It knows no such records."))
    return write(actor, intention)


def _contact(actor: Actor, intention: Intention) -> Told:
    if intention.verb in ("restore", "delete"):
        raise UnsayableError(_("It does not reach what is in the trash."))
    if intention.record is None:
        kind = str(intention.values.get("kind", "person"))
        if kind not in BY_KIND:
            raise UnsayableError(_("It makes people and companies, and no households."))
        module, before, verb = MODULES[BY_KIND[kind]], None, "create"
    else:
        before = get_contact(actor, intention.record)
        module, verb = _module_of(before), "revise"
    if intention.verb == "archive":
        return Told([_step("delete", id=_id(module, intention.record))])
    filler = ElementFiller(actor, module, module.fields_for(actor), before or {})
    filled = fill(actor, intention, filler, before)
    if intention.record is None:
        return Told([_created(module, filled.body)], filled.remarks)
    element = {"id": _id(module, intention.record), **filled.body}
    return Told([_step(verb, element=_text(element))], filled.remarks)


def _module_of(document: Mapping[str, Any]) -> Module:
    found = (each for each in MODULES.values() if each.kind == "contact" and each.holds(document))
    return next(found)


def _note(actor: Actor, intention: Intention) -> Told:
    module = MODULES["ModComments"]
    names = {"content": "commentcontent"}
    lacking = lacking_of(intention, {*names, "contact", "is_private"})
    if intention.verb == "delete":
        return Told([_step("delete", id=_id(module, intention.record))])
    element: dict[str, object] = {
        names[key]: value for key, value in intention.values.items() if key in names
    }
    if "is_private" in intention.values:
        element["is_private"] = "1" if intention.values["is_private"] else "0"
    if intention.verb == "change":
        revised = {"id": _id(module, intention.record), **element}
        return Told([_step("revise", element=_text(revised))], lacking)
    contact = get_contact(actor, int(str(intention.values["contact"])))
    about = _id(_module_of(contact), int(str(contact["id"])))
    created = {**element, "related_to": about, OWNER: own_id(actor)}
    return Told([_created(module, created)], lacking)


def _activity(actor: Actor, intention: Intention) -> Told:
    if intention.record is not None:
        before = get_record(actor, "activity", intention.record)
        module = next(each for each in (EVENTS, CALENDAR) if each.holds(before))
        record = _id(module, intention.record)
        if intention.verb == "delete":
            return Told([_step("delete", id=record)])
        filler = ElementFiller(actor, module, module.fields_for(actor), before)
        filled = fill(actor, intention, filler, before)
        element = {"id": record, **filled.body}
        return Told([_step("revise", element=_text(element))], filled.remarks)
    own, targets = without_targets(intention)
    filled = fill(actor, own, ElementFiller(actor, EVENTS, EVENTS.fields_for(actor), {}))
    ties = {
        "parent_id" if each["kind"] == "organization" else "contact_id": _id(_module_of(each), pk)
        for pk, each in find_contacts(actor, targets[:1]).items()
    }
    remarks = filled.remarks
    if len(targets) > 1:
        remarks = (*remarks, _("It names one contact of an activity."))
    return Told([_created(EVENTS, {**filled.body, **ties})], remarks)


_WRITERS: Mapping[str, Callable[[Actor, Intention], Told]] = {
    "activity": _activity,
    "contact": _contact,
    "note": _note,
}


def _created(module: Module, element: Body) -> Step:
    return _step("create", elementType=module.name, element=_text(element))


def _id(module: Module, record: int | None) -> str:
    return write_id(module.number, record or 0)


def _step(operation: str, **form: str) -> Step:
    return Step(path=ADDRESS, method="POST", form={"operation": operation, **form})


def _text(element: Body) -> str:
    return json.dumps(element, ensure_ascii=False, default=str)
