"""Tag: words that contacts share."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from api.civicrm.calls import Asked, Record
from api.civicrm.contact.formats import several
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import bad_operator
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import EVERYTHING, NEGATIVE, NOTHING
from api.civicrm.mapping.declaring import (
    long_text,
    moment,
    points_to,
    record_id,
    text,
    yes_no,
)
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Format, Integer
from api.civicrm.mapping.named import id_in
from api.civicrm.mapping.offering import labels, records
from api.civicrm.mapping.options import meets
from api.civicrm.mapping.people import contact_of_user, users_own_contact
from api.civicrm.permissions import ADMINISTRATOR, MEMBER, Permissions
from api.civicrm.sources.records import RecordSource, written
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Condition, Not, Or, where
from contacts.services.tag_setup import create_tag, delete_tag, update_tag

# What a tag may be put on, as tables of the original.
TABLES = {
    "contact": "civicrm_contact",
    "activity": "civicrm_activity",
    "case": "civicrm_case",
    "file": "civicrm_file",
}
_LABELS = {
    "civicrm_contact": "Contacts",
    "civicrm_activity": "Activities",
    "civicrm_case": "Cases",
    "civicrm_file": "Attachments",
}
_PLURALS = {f"{word}s": word for word in (*TABLES, "attachment")} | {"activities": "activity"}


class ParentTag(Integer):
    """The tag above a tag, by number or name."""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the id."""
        return id_in(reference.tags(), value, field.name)


class UsedFor(Format):
    """The tables of what a tag is for, separated by commas."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the tables; contacts where nothing is said."""
        words = value if isinstance(value, list | tuple) and value else ["contact"]
        return ",".join(TABLES.get(str(word), str(word)) for word in words)

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the kinds of record."""
        return [_kind_of(str(item)) for item in several(value)]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: which of the tables it takes; contacts if none is said."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return NOTHING if asked.operator == "IS NULL" else EVERYTHING
        positive = replace(asked, operator=NEGATIVE.get(asked.operator, asked.operator))
        if positive.operator in ("=", "IN"):
            items = asked.operand if isinstance(asked.operand, list) else several(asked.operand)
            taken = [_kind_of(str(item)) for item in items]
        elif positive.operator == "LIKE":
            taken = [word for word, table in TABLES.items() if meets(positive, table)]
        else:
            raise bad_operator(asked.name)
        found: Condition = (
            where(actor, field.key, "has_any", taken, kind=kind) if taken else NOTHING
        )
        if "contact" in taken:
            found = Or((found, where(actor, field.key, "is_empty", True, kind=kind)))
        return Not(found) if asked.operator in NEGATIVE else found


def _kind_of(text: str) -> str:
    word = text.strip().lower().removeprefix("civicrm_")
    return _PLURALS.get(word, word)


def _write(actor: Actor, documents: Sequence[Document], asked: Asked) -> list[Record]:
    shown = [
        {**document, "created_by": contact_of_user(document.get("author_id"))}
        for document in documents
    ]
    return written(TAG, actor, shown, asked)


TAG = Entity(
    name="Tag",
    source=RecordSource("tag", _write),
    fields=fixed(
        record_id("Tag ID"),
        text("name", "Tag Name", "name", is_required=True, max_length=255),
        text("label", "Tag Label", "name", is_writable=False),
        long_text("description", "Description", "description"),
        WireField(
            name="parent_id",
            title="Parent Tag ID",
            format=ParentTag(),
            key="parent",
            path="parent_id",
            target="Tag",
            offers=records(reference.tags),
        ),
        yes_no("is_selectable", "Display Tag?", "is_selectable", default=1),
        yes_no("is_reserved", "Reserved", "is_reserved"),
        yes_no("is_tagset", "Tagset", "is_set"),
        WireField(
            name="used_for",
            title="Used For",
            format=UsedFor(),
            key="used_for",
            path="used_for",
            is_joined=True,
            default="civicrm_contact",
            offers=labels(_LABELS),
        ),
        points_to(
            "Contact",
            "created_id",
            "Created By Contact ID",
            path="created_by",
            is_writable=False,
            ask=users_own_contact("author", "tag"),
        ),
        text("color", "Color", "color", max_length=255),
        moment("created_date", "Created Date", "created_at", is_writable=False),
    ),
    permissions=Permissions(get=MEMBER, other=MEMBER, actions={"delete": ADMINISTRATOR}),
    create=create_tag,
    update=update_tag,
    delete=delete_tag,
    label="name",
)

ENTITIES = (TAG,)
