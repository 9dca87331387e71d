"""Note: what is written down about contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.civicrm.actions.writing import is_given
from api.civicrm.calls import Asked, Params, Record
from api.civicrm.entity import Entity, fixed
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.declaring import long_text, moment, points_to, record_id, text, yes_no
from api.civicrm.mapping.fields import Document, Fields, WireField
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.people import contact_of_user, users_own_contact
from api.civicrm.mapping.tables_named import CONTACT_TABLE, of_contacts, require_contacts
from api.civicrm.permissions import OPEN
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.query import And, Condition, Or, all_of, where
from contacts.services.notes import create_note, delete_note, update_note

Values = Mapping[str, Any]  # values of the wire, read


@dataclass(frozen=True)
class NoteSource(RecordSource):
    """The notes about contacts; those about deals and tickets are not this protocol's."""

    def conditions(self, actor: Actor, fields: Fields, asked: Asked) -> Condition | None:
        """Return all filters as one condition."""
        about_contacts = where(actor, "contact", "is_empty", False, kind="note")
        return all_of(about_contacts, RecordSource.conditions(self, actor, fields, asked))


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [
        {
            **document,
            "entity_table": CONTACT_TABLE,
            "author_contact_id": document.get("customer_id")
            or contact_of_user(document.get("author_id")),
        }
        for document in documents
    ]
    return written(NOTE, actor, shown, asked)


def _said_by(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for notes by who said it: the contact that is named, else the one of the author."""
    named = field.format.condition(actor, "note", field, asked)
    written = users_own_contact("author", "note")(actor, field, asked)
    if written is None:
        return named
    return Or((named, And((where(actor, "customer", "is_empty", True, kind="note"), written))))


def _create(actor: Actor, values: Values) -> Document:
    given = dict(values)
    return create_note(actor, given, written_at=given.pop("created_at", None))


def _update(actor: Actor, note_id: int, values: Values) -> Document:
    # When it was written is told once; the history shows the rest.
    return update_note(actor, note_id, {k: v for k, v in values.items() if k != "created_at"})


def missing(params: Params) -> list[str]:
    """Return what a new note lacks; raises CiviApiError for one about something else."""
    require_contacts(params)
    return [name for name in ("entity_id", "note") if not is_given(params.get(name))]


NOTE = Entity(
    name="Note",
    source=NoteSource("note", _write),
    fields=fixed(
        record_id("Note ID"),
        of_contacts(),
        points_to("Contact", "entity_id", "Note Entity", "contact", is_required=True),
        long_text("note", "Note", "content", is_required=True),
        points_to(
            "Contact",
            "contact_id",
            "Created By",
            "customer",
            path="author_contact_id",
            ask=_said_by,
        ),
        moment("note_date", "Note Date", "created_at"),
        moment("created_date", "Created Date", "created_at", is_writable=False),
        moment("modified_date", "Modified Date", "updated_at", is_writable=False),
        text("subject", "Subject", "subject", max_length=255),
        yes_no(
            "privacy", "Privacy", "is_private", offers=labels({"0": "None", "1": "Author Only"})
        ),
    ),
    permissions=OPEN,
    create=_create,
    update=_update,
    delete=delete_note,
    missing=missing,
    label="subject",
    not_passed=frozenset({"contact_id"}),
)

ENTITIES = (NOTE,)
