"""Write changes of contacts down as requests of this protocol: ``FieldValues`` of a contact."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from api.base.examples import Step
from api.base.filling import Body, Values, country_code, fill, new_rows
from api.base.intentions import Intention, Told, UnsayableError
from api.wildapricot.mapping.bodies import draft_of, mapping_of
from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.rules import require_rules
from api.wildapricot.mapping.system_fields import KINDS
from api.wildapricot.mapping.table import Table, table_for
from contacts.access import Actor
from contacts.fields import Field, reference
from contacts.query import get_contact

HEADERS = {"Accept": "application/json"}
# Lists of channels by the keys that their parts have in the catalogue.
PARTS: Mapping[str, Mapping[str, str]] = {
    "emails": {"emails": "address"},
    "phones": {"phones": "number"},
    "websites": {"websites": "url"},
    "addresses": {
        **{key: key for key in ("street1", "street2", "city", "region", "postcode")},
        "country": "country",
    },
}


@dataclass(frozen=True, slots=True)
class BodyFiller:
    """Fills the body of a contact; ``document`` is the present one, empty for a new one."""

    actor: Actor
    table: Table
    kind: str
    document: Mapping[str, Any]

    def spellings(self, field: Field, values: Sequence[Any]) -> Iterator[Body]:
        """Yield bodies with entries that might set a field."""
        if field.type.name != "channels":
            for each in self._fields(field.key):
                yield from (_entries({each.system_code: value}) for value in values)
            return
        for row in new_rows(values[0], self.document, field.key):
            yield from self._channel(field.key, row)
        further = ", ".join(str(row.get("address")) for row in values[0][1:])
        yield from (_entries({each.system_code: further}) for each in self._fields(field.key))

    def _channel(self, key: str, row: Mapping[str, Any]) -> Iterator[Body]:
        """Yield each field alone, and all together that tell parts of an address."""
        found = {
            each.system_code: text
            for wanted, part in PARTS.get(key, {}).items()
            for each in self._fields(wanted)
            if (text := _part(row, part))
        }
        if key == "addresses":
            yield _entries(found)
        else:
            yield from (_entries({code: text}) for code, text in found.items())

    def _fields(self, key: str) -> Iterator[WireField]:
        return (each for each in self.table.fields if key in each.meaning.keys)

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values of a body; parts are read as of a contact that is there."""
        present = self.document or ({} if is_whole else {"id": 0, "kind": self.kind})
        draft = draft_of(self.actor, self.table, mapping_of(body), dict(present) or None)
        if is_whole:
            require_rules(draft)
        return draft.finish()

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return one body with all entries."""
        entries = [entry for each in bodies for entry in each["FieldValues"]]
        if not self.document and self.kind != "person":
            option = next(each for each in KINDS if each.key == self.kind)
            entries += [
                {"SystemCode": each.system_code, "Value": option.reference}
                for each in self._fields("kind")
            ]
        return {"FieldValues": entries}


def _entries(values: Mapping[str, object]) -> Body:
    listed = [{"SystemCode": code, "Value": value} for code, value in values.items()]
    return {"FieldValues": listed}


def _part(row: Mapping[str, Any], part: str) -> str:
    if part != "country":
        return str(row.get(part) or "")
    code = country_code(row)
    return reference.countries().by_key[code].name if code else ""


def told(actor: Actor, intention: Intention) -> Told:
    """Return the request that makes a change; raises UnsayableError."""
    if intention.kind == "note":
        raise UnsayableError(_("It keeps one text of notes for a contact, and no single notes."))
    if intention.kind != "contact":
        raise UnsayableError(_("It knows no such records."))
    if intention.record is None:
        kind = str(intention.values.get("kind", "person"))
        filler = BodyFiller(actor, table_for(actor), kind, {})
        filled = fill(actor, intention, filler)
        return Told([_step("POST", _address(), filled.body)], filled.remarks)
    before = get_contact(actor, intention.record, archived=None)
    address = f"{_address()}/{intention.record}"
    if intention.verb == "change":
        filler = BodyFiller(actor, table_for(actor), str(before["kind"]), before)
        filled = fill(actor, intention, filler, before)
        body = {"Id": intention.record, **filled.body}
        return Told([_step("PUT", address, body)], filled.remarks)
    return Told(_moved(intention, address, is_archived="archived_at" in before))


def _moved(intention: Intention, address: str, *, is_archived: bool) -> list[Step]:
    """Return the requests into the archive, out of it, or away for good by way of it."""
    wanted = intention.verb != "restore"
    body = {"Id": intention.record, **_entries({"IsArchived": wanted})}
    steps = [] if is_archived is wanted else [_step("PUT", address, body)]
    if intention.verb == "delete":
        steps.append(Step(path=address, method="DELETE", headers=HEADERS))
    return steps


def _address() -> str:
    return f"/v2.2/accounts/{settings.WILDAPRICOT_ACCOUNT_ID}/contacts"


def _step(method: str, path: str, body: Body) -> Step:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Step(path=path, method=method, headers=HEADERS, json=text)
