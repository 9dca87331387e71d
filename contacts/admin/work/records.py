"""What deals, activities and tickets have in common: the catalogue describes their screens."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import NEEDED, Actor, people_of
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document
from contacts.admin.facts import facts_of
from contacts.admin.messages import said
from contacts.admin.numbers import Figure, counted
from contacts.admin.tables import Pick
from contacts.admin.visitors import actor_of_request
from contacts.admin.work.notes import NoteForm, notes_about
from contacts.admin.work.trail import entries_of
from contacts.errors import InvalidError
from contacts.services.notes import create_note


class WorkAdmin(CatalogueAdmin):
    """A kind of record with an owner and, mostly, a project; its page shows the form's fields."""

    takes_notes: ClassVar[bool] = False
    section: ClassVar[str] = "work"
    is_deep: ClassVar[bool] = True
    can_search: ClassVar[bool] = True
    page_template: ClassVar[str] = "admin/work/record.html"

    def screens(self) -> list[URLPattern]:
        """Add the restoring of what was deleted, and notes."""
        screens = super().screens()
        restore = self.screen(
            "<int:record_id>/restore/", require_POST(self.restore_screen), "restore"
        )
        note = self.screen("<int:record_id>/notes/", require_POST(self.note_screen), "note")
        return [*screens, restore, *([note] if self.takes_notes else [])]

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many records are open, and the list of them."""
        name, value = self.open_ones
        actor = actor_of_request(request)
        if not name or not self.has_view_permission(request):
            return []
        asked = query.Query(kind=self.kind, condition=self.condition(actor, name, value), limit=0)
        count = query.search(actor, asked).total
        if not count:
            return []
        url = f"{self.address('changelist')}?{name}={value}"
        return [Figure(self.open_label(count), counted(count), url, order=30 + self.order)]

    # What a kind says about itself.

    open_ones: ClassVar[tuple[str, str]] = ("", "")

    def open_label(self, count: int) -> str:
        """Return what open records are called, as many as there are."""
        raise NotImplementedError

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return the choices of fields whose lists are not the catalogue's."""
        return {"project": projects_of(actor, NEEDED[self.kind, "create"])}

    def restore(self, actor: Actor, record_id: int) -> object:
        """Take a record out of the trash."""
        raise NotImplementedError

    def more_of_page(self, request: HttpRequest, document: Document) -> dict[str, object]:
        """Return what the page's template shows besides the facts."""
        return {}

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer projects and owners."""
        actor = actor_of_request(request)
        projects = [(str(pk), name) for pk, name in projects_of(actor)]
        users = [(str(user.id), user.name) for user in people_of(actor)]
        return [Pick("project", _("Project"), projects), Pick("owner", _("Owner"), users)]

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Take a contact from the address, and the person as the owner."""
        actor = actor_of_request(request)
        first: dict[str, Any] = {"owner": actor.user_id}
        asked = request.GET.get("contact", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            names = query.names_of_contacts(actor, [int(asked)])
            first["contact"] = {"id": int(asked), "name": names.get(int(asked), "")}
            first["contacts"] = [first["contact"]]
        return first

    def may_change(self, request: HttpRequest, record: Document | None = None) -> bool:
        """Tell whether this person may add, or change this record."""
        actor = actor_of_request(request)
        if record is None:
            return actor.has_anywhere(NEEDED[self.kind, "create"])
        return self._may(actor, record, "update")

    def _may(self, actor: Actor, record: Document, action: str) -> bool:
        right, project_id = NEEDED[self.kind, action], record.get("project_id")
        if project_id is None:
            return actor.has_anywhere(right)
        return actor.has(right, [project_id])

    def remove_url(self, request: HttpRequest, record: Document | None) -> str:
        """Return where "Delete" sends to, for those who may."""
        if record is None or not self._may(actor_of_request(request), record, "archive"):
            return ""
        return self.address("delete", self.id_of(record))

    def remove_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Put a record into the trash, with a way back."""
        actor = actor_of_request(request)
        name = self.name_of(self.get(actor, record_id))
        self.remove(actor, record_id)
        said(request, self.removed_message(name), can_undo=True)
        return HttpResponseRedirect(self.address("changelist"))

    def restore_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Take a record out of the trash."""
        actor = actor_of_request(request)
        self.restore(actor, record_id)
        said(request, _("“%(name)s” is back.") % {"name": self.name_of(self.get(actor, record_id))})
        return HttpResponseRedirect(self.address("page", record_id))

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show one record with its notes."""
        return self._record_page(request, self.get(actor_of_request(request), record_id))

    def _record_page(
        self, request: HttpRequest, document: Document, note: NoteForm | None = None
    ) -> HttpResponse:
        actor = actor_of_request(request)
        record_id = self.id_of(document)
        may_write = self.takes_notes and actor.has(
            NEEDED["note", "create"], [document["project_id"]]
        )
        context: dict[str, object] = {
            "title": self.name_of(document),
            "document": document,
            "facts": facts_of(
                actor, self.kind, document, (*self.keys[1:], "created_at", "updated_at")
            ),
            "steps": self.steps(None),
            "change_url": (
                self.address("change", record_id) if self.may_change(request, document) else ""
            ),
            "remove_url": self.remove_url(request, document),
            "notes": notes_about(actor, self.kind, record_id) if self.takes_notes else None,
            "entries": entries_of(actor, self.kind, record_id),
            "note_form": note or NoteForm(),
            "note_url": self.address("note", record_id) if may_write else "",
            "faults": note.summary() if note else [],
        }
        context.update(self.more_of_page(request, document))
        return self.page(request, self.page_template, context, status=422 if note else 200)

    def note_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Write a note about a record."""
        actor = actor_of_request(request)
        document = self.get(actor, record_id)
        form = NoteForm()
        form.take(request)
        if form.is_valid():
            try:
                create_note(actor, {**form.said(), self.kind: record_id})
                said(request, _("The note is written."))
                return HttpResponseRedirect(self.address("page", record_id))
            except InvalidError as error:
                form.take_faults(error)
        return self._record_page(request, document, form)
