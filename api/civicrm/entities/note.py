"""Note: what is written down about contacts, and answers to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from api.civicrm.actions.writing import is_given
from api.civicrm.calls import Asked, Params, Record
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_reference
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import filters_in
from api.civicrm.mapping.conditions import EVERYTHING, NOTHING
from api.civicrm.mapping.declaring import long_text, moment, points_to, record_id, text
from api.civicrm.mapping.fields import Document, Fields, WireField
from api.civicrm.mapping.formats import YesNo
from api.civicrm.mapping.offering import labels
from api.civicrm.mapping.options import meets
from api.civicrm.mapping.people import contact_of_user, users_own_contact
from api.civicrm.mapping.tables_named import CONTACT_TABLE, NOTE_TABLE, of_table, table_of
from api.civicrm.permissions import OPEN
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.query import And, Condition, Or, all_of, find_record, where
from contacts.services.notes import create_note, delete_note, update_note

Values = Mapping[str, Any]  # values of the wire, read


@dataclass(frozen=True)
class NoteSource(RecordSource):
    """The notes about contacts; those about deals and tickets are not this protocol's."""

    def conditions(self, actor: Actor, fields: Fields, asked: Asked) -> Condition | None:
        """Return all filters as one condition."""
        about_contacts = where(actor, "contact", "is_empty", False, kind="note")
        if _is_about_notes(asked):
            fields = {**fields, "entity_id": _ANSWERED}
        return all_of(about_contacts, RecordSource.conditions(self, actor, fields, asked))


def _is_about_notes(asked: Asked) -> bool:
    """Say whether answers are asked for: ``entity_id`` is then the note that they answer."""
    nested = filters_in(asked.where) if asked.where else ()
    tables = [each for each in (*asked.filters, *nested) if each.name == "entity_table"]
    return any(meets(each, NOTE_TABLE) and not meets(each, CONTACT_TABLE) for each in tables)


_ANSWERED = points_to("Note", "entity_id", "Note Entity", "parent")


def _about(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for notes about a contact; answers are about what they answer."""
    found = field.format.condition(actor, "note", field, asked)
    return And((found, where(actor, "parent", "is_empty", True, kind="note")))


def _in_table(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
    """Ask for notes about contacts, or for answers to notes."""
    of_contacts, of_notes = (meets(asked, table) for table in (CONTACT_TABLE, NOTE_TABLE))
    if of_contacts == of_notes:
        return EVERYTHING if of_contacts else NOTHING
    return where(actor, "parent", "is_empty", of_contacts, kind="note")


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [
        {
            **document,
            "entity_table": NOTE_TABLE if document.get("parent_id") else CONTACT_TABLE,
            "entity_id": document.get("parent_id") or document.get("contact_id"),
            "author_contact_id": _said(document),
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
    if given.pop("entity_table", None) == NOTE_TABLE:
        given.update(_answer_to(actor, given["contact"]))
    times = {
        "written_at": given.pop("created_at", None),
        "changed_at": given.pop("updated_at", None),
    }
    return create_note(actor, given, **times)


def _answer_to(actor: Actor, note_id: int) -> Values:
    """Return what an answer has of the note that it answers; raises CiviApiError."""
    answered = find_record(actor, "note", note_id)
    if answered is None or not answered.get("contact_id"):
        raise bad_reference("entity_id", note_id)
    return {"parent": note_id, "contact": answered["contact_id"]}


def _update(actor: Actor, note_id: int, values: Values) -> Document:
    # When it was written is told once; the history shows the rest.
    told_once = ("created_at", "updated_at", "entity_table")
    kept = {k: v for k, v in values.items() if k not in told_once}
    before = find_record(actor, "note", note_id)
    if before and before.get("parent_id") and before["parent_id"] == kept.get("contact"):
        del kept["contact"]
    if before and kept.get("customer") and kept["customer"] == _said(before):
        del kept["customer"]
    return update_note(actor, note_id, kept)


def _said(document: Document) -> object:
    """Return who is shown to have said a note: who is named, else its author."""
    return document.get("customer_id") or contact_of_user(document.get("author_id"))


def missing(params: Params) -> list[str]:
    """Return what a new note lacks; raises CiviApiError for one about something else."""
    table_of(params, NOTE_TABLE)
    return [name for name in ("entity_id", "note") if not is_given(params.get(name))]


class Privacy(YesNo):
    """Whether a note is its author's alone: 1, or 0 for everybody; programs say it in words too."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the truth; raises CiviApiError."""
        if isinstance(value, str):
            value = _PRIVACY.get(value.strip().lower(), value)
        return super().read(value, field, actor)


_PRIVACY: Mapping[str, int] = {"none": 0, "public": 0, "author only": 1, "private": 1}


NOTE = Entity(
    name="Note",
    source=NoteSource("note", _write),
    fields=fixed(
        record_id("Note ID"),
        of_table(NOTE_TABLE, key="entity_table", ask=_in_table),
        points_to(
            "Contact",
            "entity_id",
            "Note Entity",
            "contact",
            path="entity_id",
            is_required=True,
            ask=_about,
        ),
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
        moment("modified_date", "Modified Date", "updated_at"),
        text("subject", "Subject", "subject", max_length=255),
        WireField(
            name="privacy",
            title="Privacy",
            format=Privacy(),
            key="is_private",
            path="is_private",
            offers=labels({"0": "None", "1": "Author Only"}),
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
