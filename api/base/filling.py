"""Find how a dialect writes values into a body, by trying its own words and reading them back.

The counterpart of ``api.base.telling`` for requests that change something. A dialect proposes for
each value every body that might set it; its own reader decides: a body counts when what is read
from it would be stored the same. So no dialect has a second table of names, and what is shown
does what it says. Where nothing does quite the same, the nearest is taken, with a remark.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from api.base.errors import RequestError
from api.base.intentions import Intention, UnsayableError
from api.wire.errors import WireError
from contacts.access import Actor
from contacts.errors import DomainError, InvalidError
from contacts.fields import Field, catalogue, reference
from contacts.fields.text import fold
from contacts.services.channels import find_country
from contacts.services.values import check_values

Body = Mapping[str, Any]  # JSON
Document = Mapping[str, Any]
Values = Mapping[str, object]

MOST_TRIED = 200
# What may stand beside a value that is set: nothing is, or no.
_UNSET: tuple[object, ...] = (None, False, (), frozenset())
_REFUSALS = (DomainError, RequestError, WireError)


class Filler(Protocol):
    """What a dialect knows of its own bodies for one kind of record."""

    def spellings(self, field: Field, values: Sequence[object]) -> Iterable[Body]:
        """Yield bodies that might give a field one of the values, which are all the same one."""

    def read(self, body: Body, *, is_whole: bool) -> Values:
        """Return the values that the dialect reads in a body; raises what clients get.

        Parts of a body, which are not whole, may lack what every request must have.
        """

    def joined(self, bodies: Sequence[Body]) -> Body:
        """Return one body that says what all of them say."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A body, and sentences about what it does not do as it was wanted."""

    body: Body
    remarks: tuple[str, ...] = ()


def fill(
    actor: Actor, intention: Intention, filler: Filler, document: Document | None = None
) -> Filled:
    """Return the body that writes the values of an intention; raises UnsayableError.

    ``document`` is the record that is changed, None for a new one, whose kind the dialect says by
    the address.
    """
    search = _Search(actor, intention.kind, filler, document or {})
    values = {key: value for key, value in intention.values.items() if document or key != "kind"}
    wanted = search.stored(values)
    bodies, lacking, loose = list[Body](), list[str](), list[str]()
    for key, value in values.items():
        field = search.field(key)
        body, is_exact = search.body_for(field, value, wanted[key])
        if body is None:
            lacking.append(str(field.label))
            continue
        bodies.append(body)
        loose += [] if is_exact else [str(field.label)]
    if lacking and not bodies:
        raise UnsayableError(_lacks(lacking))
    return _whole(search, filler.joined(bodies), intention.values, lacking, loose)


def without_targets(intention: Intention) -> tuple[Intention, list[int]]:
    """Return an intention without the contacts that an activity is with, and those.

    They are a field here; in other protocols they are ties that are named beside the fields.
    """
    values = dict(intention.values)
    targets = values.pop("targets", None)
    return replace(intention, values=values), targets if isinstance(targets, list) else []


def lacking_of(intention: Intention, known: Collection[str]) -> tuple[str, ...]:
    """Return the sentence on the values that a request without them leaves out, if any."""
    by_key = catalogue(intention.kind).by_key
    names = [str(by_key[key].label) for key in intention.values if key not in known]
    return (_lacks(names),) if names else ()


def _lacks(names: Sequence[str]) -> str:
    return _("It cannot set: %(fields)s.") % {"fields": ", ".join(names)}


def _whole(
    search: "_Search", body: Body, wanted: Values, lacking: Sequence[str], loose: Sequence[str]
) -> Filled:
    """Return the body with what is to be said of it; raises UnsayableError where it is refused."""
    try:
        read = search.filler.read(body, is_whole=True)
    except InvalidError as error:
        names = {str(search.label(fault.key)) for fault in error.faults}
        raise UnsayableError(
            _("It takes no such record; it looks at: %(fields)s.")
            % {"fields": ", ".join(sorted(names))}
        ) from None
    except _REFUSALS as error:
        raise UnsayableError(_refused(error)) from None
    remarks = []
    if lacking:
        remarks.append(_lacks(lacking))
    if loose:
        remarks.append(
            _("It does not tell of which sort each is: %(fields)s.") % {"fields": ", ".join(loose)}
        )
    beside = read.keys() - wanted.keys() - {"kind"}
    further = sorted(str(search.label(key)) for key in beside if read[key] not in _UNSET)
    if further:
        remarks.append(_("It sets as well: %(fields)s.") % {"fields": ", ".join(further)})
    return Filled(body, tuple(remarks))


def _refused(error: Exception) -> str:
    """Return why a dialect takes no such record, in its own words where it has some."""
    reason = str(error).rstrip(".") if isinstance(error, RequestError) else ""
    if not reason:
        return _("It takes no such record.")
    return _("It takes no such record: %(reason)s.") % {"reason": reason}


class _Search:
    """One body of one dialect."""

    def __init__(self, actor: Actor, kind: str, filler: Filler, document: Document) -> None:
        self.actor, self.kind, self.filler, self.document = actor, kind, filler, document

    def field(self, key: str) -> Field:
        """Return a field of the catalogue."""
        return catalogue(self.kind).by_key[key]

    def label(self, key: str) -> object:
        """Return what people call a field."""
        found = catalogue(self.kind).find(key)
        return found.label if found else key

    def stored(self, values: Values) -> dict[str, object]:
        """Return values as they would be stored; raises InvalidError."""
        cleaned, faults = check_values(self.actor, self.kind, values, creating=False)
        named = [fault for fault in faults if fault.key in values]
        if named:
            raise InvalidError(named)
        return {key: self._normal(key, value) for key, value in cleaned.items()}

    def body_for(self, field: Field, value: object, wanted: object) -> tuple[Body | None, bool]:
        """Return a body that sets a field, and whether it does so exactly."""
        nearest: Body | None = None
        for number, body in enumerate(self.filler.spellings(field, self._spelt(field, value))):
            if number > MOST_TRIED:
                break
            try:
                read = self.stored(self.filler.read(body, is_whole=False))
            except _REFUSALS:
                continue
            others = {name for name in read.keys() - {field.key} if read[name] not in _UNSET}
            if field.key not in read or others:
                continue
            if read[field.key] == wanted:
                return body, True
            if nearest is None and _loosened(read[field.key]) == _loosened(wanted):
                nearest = body
        return nearest, False

    def _spelt(self, field: Field, value: object) -> list[object]:
        """Return the ways to write a value; channels in one way, with all that is known of them."""
        if field.type.name != "channels":
            return spelt(field, value)
        return [self._rows(field.key, value if isinstance(value, list) else [])]

    def _rows(self, key: str, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        present = {row["id"]: row for row in self.document.get(key, ())}
        return [{**present.get(each.get("id"), {}), **each} for each in items]

    def _normal(self, key: str, value: object) -> object:
        field = self.field(key)
        if field.type.name == "channels":
            listed = value if isinstance(value, tuple) else ()
            return tuple(_row(field, row) for row in self._rows(key, listed))
        if field.type.name == "tags":
            table = reference.tags()
            listed = value if isinstance(value, tuple) else ()
            return frozenset(
                fold(table.name_of(each) if isinstance(each, int) else each) for each in listed
            )
        if isinstance(value, list | tuple):
            return frozenset(value)
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class _Row:
    """One channel: what it says, and of which sort it is."""

    texts: frozenset[tuple[str, object]]
    sorts: frozenset[tuple[str, object]]


def _row(field: Field, row: Mapping[str, Any]) -> _Row:
    country = country_code(row)
    texts = {(key, row[key]) for key in field.traits["texts"] if row.get(key) and key != "country"}
    names = [f"{key}_id" for key in field.traits["lists"]]
    sorts = {(name, row[name]) for name in names if row.get(name)}
    texts -= {("country_text", row.get("country_text"))}
    return _Row(frozenset(texts | ({("country", country)} if country else set())), frozenset(sorts))


def country_code(row: Mapping[str, Any]) -> str:
    """Return the two letters of the country of an address, "" for none."""
    country_id = row.get("country_id") or find_country(str(row.get("country") or ""))
    found = reference.countries().by_id.get(country_id or 0)
    return found.key if found else ""


def new_rows(rows: Sequence[Mapping[str, Any]], document: Document, key: str) -> list[Body]:
    """Return the channels that are not stored as they are."""
    return [row for row in rows if row not in document.get(key, ())]


def _loosened(value: object) -> object:
    """Return channels by what they say alone, in any order; other values as they are."""
    if isinstance(value, tuple) and all(isinstance(each, _Row) for each in value):
        return frozenset(each.texts for each in value)
    return value


def spelt(field: Field, value: object) -> list[object]:
    """Return the JSON values by which a value may be written."""
    if value in (None, "", (), []):
        return [None, "", []]
    if isinstance(value, list | tuple | frozenset):
        several = [spelt(field, each) for each in value]
        return [list(each) for each in zip(*several, strict=False)] + (
            several[0] if len(several) == 1 else []
        )
    return _spelt_one(field, value)


def _spelt_one(field: Field, value: object) -> list[object]:
    if isinstance(value, bool):
        return [value, "1" if value else "0"]
    if isinstance(value, datetime):
        moment = value.astimezone(UTC)
        return [f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{moment:%Y-%m-%d %H:%M:%S}"]
    if isinstance(value, date):
        return [value.isoformat(), f"{value.isoformat()}T00:00:00"]
    choice = field.choice_of(value) if field.choices else None
    if choice is not None:
        return [str(choice.label), choice.name, choice.value, str(choice.value), {"Id": value}]
    return [*_named(field, value), value, str(value)]


def _named(field: Field, value: object) -> list[object]:
    table = {"tags": reference.tags, "groups": reference.groups}.get(field.key)
    row = table().by_id.get(value) if table and isinstance(value, int) else None
    return [row.name, {"Id": row.id}] if row else []
