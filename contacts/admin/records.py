"""The screens that most nouns have alike: a list, a form for the new and the changed, a removal.

A noun's module says what is special: the columns, how records are found, which form, which service.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.access import Actor
from contacts.admin.messages import said, warned
from contacts.admin.navigation import Link, is_below
from contacts.admin.nouns import DomainAdmin
from contacts.admin.record_forms import RecordForm
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.seen_versions import seen_version, unless_changed
from contacts.admin.tables import (
    PAGE_SIZE,
    Asked,
    Column,
    Pick,
    Record,
    asked_of,
    chips,
    headings,
    pages_of,
    picked,
    row_of,
)
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, InvalidError

UNPROCESSABLE = 422

AnyModel = TypeVar("AnyModel", bound=Model)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list, and how many records there are in all."""

    records: Sequence[Record]
    total: int


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way to a page."""

    label: str | Promise
    url: str = ""


class RecordAdmin(DomainAdmin):
    """A noun with a list and forms.

    `change_right` says who may add and change: whoever holds the right in any project, or
    administrators only. The services decide for the single record.
    """

    # Under which the history keeps what happens to a record.
    kind: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    change_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = False
    can_add: ClassVar[bool] = True
    can_remove: ClassVar[bool] = True
    is_deep: ClassVar[bool] = False
    intro: ClassVar[str | Promise] = ""
    empty: ClassVar[str | Promise] = ""
    add_label: ClassVar[str | Promise] = ""
    list_template: ClassVar[str] = "admin/records/list.html"
    form_template: ClassVar[str] = "admin/records/form.html"

    def screens(self) -> list[URLPattern]:
        """Return list, form and removal; a noun with a page of its own sets `is_deep`."""
        screens = [self.screen("", self.list_screen, "changelist")]
        if self.can_add:
            screens.append(self.screen("add/", self.add_screen, "add"))
        change_route = "<int:record_id>/change/" if self.is_deep else "<int:record_id>/"
        screens.append(self.screen(change_route, self.change_screen, "change"))
        if self.can_remove:
            screens.append(
                self.screen("<int:record_id>/delete/", require_POST(self.remove_screen), "delete")
            )
        if self.is_deep:
            screens.append(self.screen("<int:record_id>/", self.record_screen, "page"))
        return screens

    # What a noun says about itself.

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return one page of the records that the person sees."""
        raise NotImplementedError

    def get(self, actor: Actor, record_id: int) -> Record:
        """Return one record; raises NotFoundError."""
        raise NotImplementedError

    def form_of(self, request: HttpRequest, record: Record | None) -> RecordForm:
        """Return the form, not filled in yet, for a record or for a new one."""
        raise NotImplementedError

    def initial_of(self, request: HttpRequest, form: RecordForm, record: Record) -> dict[str, Any]:
        """Return what the form shows of a stored record."""
        if isinstance(record, Mapping):
            return {name: record.get(name) for name in form.fields}
        return {name: getattr(record, name, None) for name in form.fields}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new record and return its id."""
        raise NotImplementedError

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed of a record."""
        raise NotImplementedError

    def remove(self, actor: Actor, record_id: int) -> None:
        """Remove a record."""
        raise NotImplementedError

    def name_of(self, record: Record) -> str:
        """Return what a record is called."""
        if isinstance(record, Mapping):
            return str(record.get("name") or record.get("subject") or f"#{record['id']}")
        return str(record)

    def id_of(self, record: Record) -> int:
        """Return the id of a record."""
        return int(record["id"] if isinstance(record, Mapping) else record.pk)

    def url_of(self, record_id: int) -> str:
        """Return the address that the list leads to."""
        return self.address("page" if self.is_deep else "change", record_id)

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Return the choices above the list."""
        return []

    relatives: ClassVar[tuple[str, ...]] = ()

    def related(self, request: HttpRequest) -> list[Link]:
        """Return the lists that stand beside this one under the same entry of the navigation."""
        links = []
        for model_admin in self.admin_site._registry.values():
            name = model_admin.opts.model_name
            if isinstance(model_admin, RecordAdmin) and name in self.relatives:
                url = model_admin.address("changelist")
                place = self.relatives.index(name)
                links.append(
                    Link("", place, model_admin.title, url, model_admin.icon, url == request.path)
                )
        return sorted(links, key=lambda link: link.order)

    def links(self, request: HttpRequest) -> list[Link]:
        """Return the entry in the navigation; it is current for its relatives' pages too."""
        links = super().links(request)
        urls = [link.url for link in self.related(request)]
        is_near = any(is_below(request, url) for url in urls)
        return [
            replace(link, label=self.title, is_current=link.is_current or is_near) for link in links
        ]

    def may_change(self, request: HttpRequest, record: Record | None = None) -> bool:
        """Tell whether this person is shown the ways to add and change."""
        actor = actor_of_request(request)
        if actor.is_administrator:
            return True
        return self.change_right != ADMINISTRATOR and actor.has_anywhere(self.change_right)

    def require_change(self, request: HttpRequest, record: Record | None = None) -> None:
        """Raise ForbiddenError for somebody who may not."""
        if not self.may_change(request, record):
            actor_of_request(request).require(self.change_right, ())

    def after(self, record_id: int) -> str:
        """Return where to go after a record was stored."""
        return self.url_of(record_id) if self.is_deep else self.address("changelist")

    def stored_message(self, name: str) -> str:
        """Return what is said after storing."""
        return _("“%(name)s” is saved.") % {"name": name}

    def removed_message(self, name: str) -> str:
        """Return what is said after removing."""
        return _("“%(name)s” is deleted.") % {"name": name}

    def undo_of_removal(self, record_id: int) -> str:
        """Return where a removal is taken back; "" where the record is gone for good."""
        return ""

    # The screens.

    def list_screen(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        picks = self.picks(request)
        asked = asked_of(request.GET, self.columns, picks)
        found = self.find(request, asked)
        titles = headings(asked, self.columns)
        context: dict[str, object] = {
            "title": self.title,
            "intro": self.intro,
            "empty": self.empty,
            "asked": asked,
            "picks": picked(asked, picks),
            "chips": chips(asked, picks),
            "headings": titles,
            "rows": [
                row_of(record, self.url_of(self.id_of(record)), titles, self.columns)
                for record in found.records
            ],
            "pages": pages_of(asked, found.total),
            "can_search": self.can_search,
            "add_label": self.add_label,
            "add_url": self.address("add") if self.can_add and self.may_change(request) else "",
            "list_url": request.path,
            "related": self.related(request),
        }
        context.update(self.more_of_list(request))
        return self.page(request, self.list_template, context)

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Return what the list's template shows besides the records."""
        return {}

    def add_screen(self, request: HttpRequest) -> HttpResponse:
        """Show the form for a new record, and store it."""
        self.require_change(request)
        form = self.form_of(request, None)
        form.initial = {**self.first_values(request), **form.initial}
        if request.method == "POST":
            stored = self._store(request, form, None) if form.take(request) else None
            if stored is not None:
                said(request, self.stored_message(self.name_of(stored)))
                return HttpResponseRedirect(self.after(self.id_of(stored)))
        return self.form_page(request, form, None)

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what a new record's form shows at first: the address may say it."""
        return {}

    def change_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show the form of a stored record, and store what was changed."""
        record = self.get(actor_of_request(request), record_id)
        self.require_change(request, record)
        form = self.form_of(request, record)
        form.initial = {**self.initial_of(request, form, record), **form.initial}
        if request.method == "POST":
            stored = self._store(request, form, record) if form.take(request) else None
            if stored is not None:
                said(request, self.stored_message(self.name_of(stored)))
                return HttpResponseRedirect(self.after(record_id))
        return self.form_page(request, form, record)

    def _store(
        self, request: HttpRequest, form: RecordForm, record: Record | None
    ) -> Record | None:
        """Return the stored record, or None where the form is refused."""
        if not form.is_valid():
            return None
        actor = actor_of_request(request)
        name = "" if record is None else self.name_of(record)
        with unless_changed(request, actor, self.kind, record):
            return self.attempt(form, lambda: self._stored(actor, form, record), name)

    def _stored(self, actor: Actor, form: RecordForm, record: Record | None) -> Record:
        if record is None:
            return self.get(actor, self.create(actor, form.said()))
        record_id = self.id_of(record)
        self.change(actor, record_id, form.changed())
        return self.get(actor, record_id)

    def attempt(self, form: RecordForm, store: Callable[[], Made], name: str = "") -> Made | None:
        """Return what `store` gives, or None after putting its refusal into the form."""
        try:
            return store()
        except InvalidError as error:
            form.take_faults(error)
        except ConflictError as error:
            form.add_error(None, self.conflict_message(name, error.reason))
        return None

    def form_page(
        self, request: HttpRequest, form: RecordForm, record: Record | None
    ) -> HttpResponse:
        """Return the page of a form, with what is wrong."""
        context: dict[str, object] = {
            "title": self.form_title(record),
            "form": form,
            "faults": form.summary(),
            "record": record,
            "seen_version": seen_version(request, self.kind, record),
            "steps": self.steps(record),
            "back_url": self.address("changelist") if record is None else self.back_of(record),
            "remove_url": self.remove_url(request, record),
        }
        context.update(self.more_of_form(request, record))
        status = UNPROCESSABLE if form.is_bound else 200
        return self.page(request, self.form_template, context, status=status)

    def more_of_form(self, request: HttpRequest, record: Record | None) -> dict[str, object]:
        """Return what the form's template shows besides the form."""
        return {}

    def form_title(self, record: Record | None) -> str:
        """Return the heading of the form."""
        return str(self.add_label) if record is None else self.name_of(record)

    def steps(self, record: Record | None) -> list[Step]:
        """Return the way to a page below the list."""
        steps = [Step(self.title, self.address("changelist"))]
        if record is not None and self.is_deep:
            steps.append(Step(self.name_of(record), self.url_of(self.id_of(record))))
        return steps

    def back_of(self, record: Record) -> str:
        """Return where "Cancel" leads."""
        return self.after(self.id_of(record))

    def remove_url(self, request: HttpRequest, record: Record | None) -> str:
        """Return where the button "Delete" sends to; blank hides it."""
        if record is None or not self.can_remove or not self.may_change(request, record):
            return ""
        return self.address("delete", self.id_of(record))

    def remove_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Remove a record and go back to the list."""
        actor = actor_of_request(request)
        name = self.name_of(self.get(actor, record_id))
        try:
            self.remove(actor, record_id)
        except ConflictError as error:
            warned(request, self.conflict_message(name, error.reason))
            return HttpResponseRedirect(self.url_of(record_id))
        undo_at = self.undo_of_removal(record_id)
        said(request, self.removed_message(name), undo_at=undo_at)
        return HttpResponseRedirect(self.address("changelist"))

    def conflict_message(self, name: str, reason: str) -> str:
        """Return what is said when a record cannot go because others need it."""
        text = _("“%(name)s” is in use and stays. Give what uses it something else first.")
        return text % {"name": name}

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show one record."""
        raise NotImplementedError


def sliced(rows: QuerySet[AnyModel], asked: Asked) -> Found:
    """Return one page of the rows of a small table."""
    return Found(list(rows[asked.offset : asked.offset + PAGE_SIZE]), rows.count())
