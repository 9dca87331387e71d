"""Write changes of contacts and notes down as calls of this protocol."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from api.base.filling import Body, Values, fill, lacking_of
from api.base.intentions import Intention, Told, UnsayableError
from api.civicrm.actions.writing import require_params
from api.civicrm.contact.writing import values_for, values_for_new
from api.civicrm.entity import Entity
from api.civicrm.exploring.requests import request_of
from api.civicrm.preparing import prepared
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.fields import Field
from contacts.query import get_contact

TYPES = {"person": "Individual", "organization": "Organization", "household": "Household"}
ENTITIES = {"contact": "Contact", "note": "Note", "activity": "Activity"}


@dataclass(frozen=True, slots=True)
class ParamsFiller:
    """Fills the parameters of a contact; ``document`` is the present one, empty for a new one."""

    actor: Actor
    entity: Entity
    kind: str
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield parameters that might set a field."""
        names = [each.name for each in self.entity.fields(self.actor) if each.key == field.key]
        if field.key == "emails":
            yield from ({"email": row.get("address")} for row in values[0])
        yield from ({name: each} for name in names for each in values)

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values of parameters; only whole ones have everything that is needed."""
        typed = {"contact_type": TYPES[self.kind], **body}
        call = prepared(self.entity, "create", typed, self.actor)
        if self.document:
            call = prepared(self.entity, "create", body, self.actor)
            return values_for(call, self.document)
        if is_whole:
            require_params(call)
        values = values_for_new(call)
        return values if is_whole else {key: values[key] for key in values if key != "kind"}

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return all parameters."""
        params = {name: value for each in bodies for name, value in each.items()}
        return params if self.document else {"contact_type": TYPES[self.kind], **params}


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request of the call; raises UnsayableError."""
    entity = entity_named(ENTITIES.get(intention.kind, ""))
    if entity is None:
        raise UnsayableError(_("It knows no such records."))
    if intention.kind != "contact":
        return _record(actor, entity, intention)
    if intention.record is None:
        filler = ParamsFiller(actor, entity, str(intention.values.get("kind", "person")), {})
        filled = fill(actor, intention, filler)
        return Told([request_of("Contact", "create", filled.body)], filled.remarks)
    moves = {"archive": {}, "restore": {"restore": 1}, "delete": {"skip_undelete": 1}}
    if intention.verb in moves:
        params = {"id": intention.record, **moves[intention.verb]}
        return Told([request_of("Contact", "delete", params)])
    before = get_contact(actor, intention.record)
    filled = fill(
        actor, intention, ParamsFiller(actor, entity, str(before["kind"]), before), before
    )
    params = {"id": intention.record, **filled.body}
    return Told([request_of("Contact", "create", params)], filled.remarks)


def _record(actor: Actor, entity: Entity, intention: Intention) -> Told:
    """Return the call for a record whose values are written as answers show them."""
    record = {} if intention.record is None else {"id": intention.record}
    if intention.verb == "delete":
        return Told([request_of(entity.name, "delete", record)])
    names = {each.key: each for each in entity.fields(actor) if each.key and each.is_writable}
    params = {
        names[key].name: names[key].format.written(value, names[key])
        for key, value in intention.values.items()
        if key in names
    }
    lacking = lacking_of(intention, names)
    return Told([request_of(entity.name, "create", {**record, **params})], lacking)
