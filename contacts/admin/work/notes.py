"""Notes on the page of a deal or a ticket."""

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.record_forms import RecordForm
from contacts.fields import reference

MOST_NOTES = 100

Document = Mapping[str, Any]


class NoteForm(RecordForm):
    """What is written down."""

    def __init__(self) -> None:
        super().__init__(
            {
                "content": inputs.asked(inputs.long_text(_("Note"), rows=3)),
                "is_private": inputs.yes_no(_("Only for me")),
            }
        )


def notes_about(actor: Actor, kind: str, record_id: int) -> list[Document]:
    """Return the newest notes about a record, with the names of their authors."""
    asked = query.Query(
        kind="note",
        condition=query.where(actor, kind, "eq", record_id, kind="note"),
        limit=MOST_NOTES,
        total=False,
    )
    users = reference.users()
    return [
        {**note, "author": users.name_of(cast(int, note.get("author_id")))}
        for note in query.search(actor, asked).documents
    ]
