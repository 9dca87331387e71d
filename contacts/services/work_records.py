"""The life of deals, tickets and activities: each step is one change with its history."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.errors import Fault
from contacts.index import roll_back
from contacts.models import Activity, Deal, Ticket
from contacts.services.custom_values import with_defaults
from contacts.services.records import (
    Document,
    all_of,
    default_place,
    locked,
    require_place,
    trail_of,
    written,
)
from contacts.services.trash import delete_row, set_archived
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]
Row = TypeVar("Row", Deal, Ticket, Activity)


class WorkRecords(ABC, Generic[Row]):
    """What happens to the records of one kind; a subclass says what is special about them."""

    kind: ClassVar[str]
    model: type[Row]

    def create(self, actor: Actor, values: Values) -> Document:
        """Return the document of a new record; raises ForbiddenError, InvalidError."""
        actor.require_write()
        values = self.placed(actor, values)
        with transaction.atomic():
            now = timezone.now()
            row = self.model(author_id=actor.user_id, created_at=now, updated_at=now)
            row.entry_channel = actor.dialect
            cleaned = self._cleaned(actor, row, values, creating=True)
            self.admit(actor, row, cleaned)
            self.store(actor, row, with_defaults(self.kind, cleaned))
            return self._recorded(actor, row, "created", {})

    def update(
        self, actor: Actor, record_id: int, values: Values, *, keeps_time: bool = False
    ) -> Document:
        """Return the document with what the values name changed.

        With `keeps_time` values that are there already leave the record as it is, with its time of
        change and its history. Raises NotFoundError, ForbiddenError, InvalidError.
        """
        with transaction.atomic():
            row = self._locked(actor, record_id, "update")
            before = trail_of(row, self.kind)
            present = all_of(actor, row, self.kind) if keeps_time else {}
            document = written(actor, row, self.kind) if keeps_time else {}
            cleaned = self._cleaned(actor, row, values, creating=False)
            self.admit(actor, row, cleaned)
            row.updated_at = timezone.now()
            row.editor_id = actor.user_id
            self.store(actor, row, cleaned)
            if keeps_time and all_of(actor, row, self.kind) == present:
                roll_back()
                return document
            return self._recorded(actor, row, "updated", before)

    def archive(self, actor: Actor, record_id: int) -> Document:
        """Put a record into the trash; raises NotFoundError, ForbiddenError."""
        return self._set_archived(actor, record_id, "archive", archived=True)

    def restore(self, actor: Actor, record_id: int) -> Document:
        """Take a record out of the trash; raises NotFoundError, ForbiddenError."""
        return self._set_archived(actor, record_id, "restore", archived=False)

    def delete(self, actor: Actor, record_id: int) -> None:
        """Delete an archived record for good, with its notes and files.

        Raises NotFoundError for one that is not in the trash, ForbiddenError.
        """
        with transaction.atomic():
            row = self._locked(actor, record_id, "delete", archived=True)
            delete_row(actor, row, self.kind, contact_id=self.contact_of(row))

    @abstractmethod
    def visible(self, actor: Actor, *, archived: bool) -> QuerySet[Row]:
        """Return the records that the actor sees, those in the trash or the others."""

    @abstractmethod
    def require(self, actor: Actor, row: Row, action: str) -> None:
        """Raise ForbiddenError where the actor may not do this to a record."""

    @abstractmethod
    def faults(self, actor: Actor, row: Row, cleaned: Values) -> list[Fault]:
        """Return what is wrong beyond single values."""

    @abstractmethod
    def store(self, actor: Actor, row: Row, cleaned: Values) -> None:
        """Store a record with what hangs on it."""

    @abstractmethod
    def contact_of(self, row: Row) -> int | None:
        """Return the contact in whose timeline a record stands."""

    def placed(self, actor: Actor, values: Values) -> Values:
        """Return the values of a new record with the project it goes to if they name none."""
        if values.get("project"):
            return values
        return {**values, "project": default_place(actor, NEEDED[self.kind, "create"], self.kind)}

    def admit(self, actor: Actor, row: Row, cleaned: dict[str, object]) -> None:
        """Raise ForbiddenError where the actor may not add records in the project they name."""
        project_id = cleaned.get("project", row.project_id)
        if project_id is None or project_id == row.project_id:
            return
        require_place(actor, project_id, NEEDED[self.kind, "create"], self.kind)  # type: ignore[arg-type]  # a cleaned id

    def _cleaned(
        self, actor: Actor, row: Row, values: Values, *, creating: bool
    ) -> dict[str, object]:
        cleaned, faults = check_values(actor, self.kind, values, creating=creating)
        require_no_faults(faults + self.faults(actor, row, cleaned))
        return cleaned

    def _locked(self, actor: Actor, record_id: int, action: str, *, archived: bool = False) -> Row:
        row = locked(self.visible(actor, archived=archived), self.kind, record_id)
        self.require(actor, row, action)
        return row

    def _set_archived(
        self, actor: Actor, record_id: int, action: str, *, archived: bool
    ) -> Document:
        with transaction.atomic():
            row = self._locked(actor, record_id, action, archived=not archived)
            contact_id = self.contact_of(row)
            return set_archived(actor, row, self.kind, archived=archived, contact_id=contact_id)

    def _recorded(self, actor: Actor, row: Row, action: str, before: Document) -> Document:
        after, contact_id = trail_of(row, self.kind), self.contact_of(row)
        history.record(
            actor, self.kind, row.pk, action, before=before, after=after, contact_id=contact_id
        )
        return written(actor, row, self.kind)


def leave_category(row: Deal | Ticket, cleaned: dict[str, object]) -> None:
    """Take a record that moves to another project out of its category: that is a project's own."""
    if not row._state.adding and cleaned.get("project", row.project_id) != row.project_id:
        cleaned.setdefault("category", None)
