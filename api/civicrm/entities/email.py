"""Email: the e-mail addresses of contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from api.civicrm.calls import Asked, Record
from api.civicrm.channels import (
    channel_entity,
    create_channel,
    is_billing,
    is_primary,
    located,
    of_contact,
)
from api.civicrm.contact.documents import OPTED_OUT, hold_of
from api.civicrm.contact.formats import HOLDS
from api.civicrm.errors import bad_option
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping import formats, moments
from api.civicrm.mapping.declaring import long_text, record_id, yes_no
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.options import meets
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.query import And, Condition, Not, Or, Query, find_record, search, where
from contacts.services.channel_records import update_channel


class HoldFormat(formats.Integer):
    """Whether and why nothing is sent to an address: 0 it is not held, 1 bounced, 2 opted out."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number."""
        number = formats.whole(value, field.name)
        if number not in _HOLDS:
            raise bad_option(field.name, value)
        return number

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the three answers it takes."""
        held = where(actor, "is_on_hold", "eq", True, kind=kind)
        opted_out = where(actor, "hold_reason", "eq", OPTED_OUT, kind=kind)
        meanings: Mapping[int, Condition] = {
            0: Not(held),
            1: And((held, Not(opted_out))),
            2: And((held, opted_out)),
        }
        return Or(tuple(meanings[number] for number in _HOLDS if meets(asked, number)))


_HOLDS = (0, 1, 2)


class HeldFormat(formats.Text):
    """A date with a time that is kept as text: nothing is ordered by it."""

    code: ClassVar[int] = 12
    html: ClassVar[str] = "Select Date"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the moment as answers show it."""
        return moments.written(moments.moment_of(value, field.name, actor))


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    held = [{**document, "hold": hold_of(document)} for document in documents]
    return written(EMAIL, actor, held, asked)


Values = Mapping[str, object]


def _stored(actor: Actor, values: Values, before: Document) -> dict[str, object]:
    """Return values in which the reason of a hold, and its day, stand beside the fact."""
    if "is_on_hold" not in values:
        return dict(values)
    number = values["is_on_hold"]
    reason = OPTED_OUT if number == 2 else ""
    is_same = bool(number) == bool(before.get("is_on_hold"))
    dates = {} if is_same else _dates_of(actor, is_held=bool(number))
    return {**dates, **values, "is_on_hold": bool(number), "hold_reason": reason}


def _dates_of(actor: Actor, *, is_held: bool) -> dict[str, object]:
    """Return since when an address is held, or until when it was: one forgets the other."""
    now = moments.written(moments.moment_of("now", "hold_date", actor))
    return {"held_since": now if is_held else "", "held_until": "" if is_held else now}


def _held(name: str, title: str, key: str) -> WireField:
    return WireField(name=name, title=title, format=HeldFormat(), key=key, path=key)


def _create(actor: Actor, values: Values) -> Document:
    made = create_channel("email", actor, _stored(actor, values, {}))
    return _alone_in_bulk(actor, made, values)


def _update(actor: Actor, email_id: int, values: Values) -> Document:
    before = find_record(actor, "email", email_id) or {}
    changed = _stored(actor, values, before)
    if changed.get("address") == str(before.get("address", "")).lower():
        # Sent back as it was read: what another protocol stored keeps its capitals.
        del changed["address"]
    after = update_channel(actor, "email", email_id, changed)
    return _alone_in_bulk(actor, after, values)


def _alone_in_bulk(actor: Actor, document: Document, values: Values) -> Document:
    """Take bulk mail from the other addresses of a contact: one of them gets it, as upstream."""
    if not values.get("is_bulk"):
        return document
    of_contact_too = where(actor, "contact", "eq", document["contact_id"], kind="email")
    in_bulk = where(actor, "is_bulk", "eq", True, kind="email")
    question = Query("email", And((of_contact_too, in_bulk)), users=True, total=False)
    for other_id in search(actor, question).ids:
        if other_id != document["id"]:
            update_channel(actor, "email", other_id, {"is_bulk": False})
    return document


_PLAIN = channel_entity(
    "Email",
    "email",
    record_id("Email ID"),
    of_contact(),
    located(),
    WireField(
        name="email",
        title="Email",
        format=formats.LOWER_TEXT,
        key="address",
        path="address",
        is_required=True,
        max_length=254,
    ),
    is_primary(),
    is_billing(),
    WireField(
        name="on_hold",
        title="On Hold",
        format=HoldFormat(),
        key="is_on_hold",
        path="hold",
        offers=labels(HOLDS),
    ),
    yes_no("is_bulkmail", "Use for Bulk Mail", "is_bulk"),
    _held("hold_date", "Hold Date", "held_since"),
    _held("reset_date", "Reset Date", "held_until"),
    long_text("signature_text", "Signature Text", "signature"),
    long_text("signature_html", "Signature Html", "signature_html"),
    label="email",
)

EMAIL = replace(
    _PLAIN,
    source=RecordSource("email", _write),
    create=_create,
    update=_update,
)

ENTITIES = (EMAIL,)
