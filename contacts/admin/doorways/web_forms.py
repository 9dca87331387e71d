"""Web forms: what they ask, what becomes of the answers, and how to put them on a site."""

from typing import Any, ClassVar, cast

from django.conf import settings
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from contacts.access import Actor
from contacts.admin.doorways.form_editor import GROUPS, RIGHT, form_fields, rows_of
from contacts.admin.doorways.form_facts import facts_of_form, former_keys
from contacts.admin.doorways.form_figures import number, with_figures, with_views
from contacts.admin.doorways.form_versions import versions_of
from contacts.admin.doorways.snippets import snippets_of
from contacts.admin.framing import framing
from contacts.admin.messages import said, warned
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found, RecordAdmin, sliced
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, NotFoundError
from contacts.models import WebForm
from contacts.services.form_askable import find_field, label_of
from contacts.services.form_restoring import bring_back_web_form, deleted_web_forms
from contacts.services.form_settings import CLEANERS
from contacts.services.web_forms import (
    REFERENCES,
    create_web_form,
    delete_web_form,
    form_key_of,
    restore_web_form,
    rotate_form_key,
    update_web_form,
)

KEEP_DAYS, KEEP_DAYS_AT_MOST = 30, 365
FIRST_FIELDS = ("first_name", "last_name", "emails", "phones", "background")


@admin.register(WebForm, site=site)
class WebFormAdmin(RecordAdmin):
    """The public web forms of the projects that one manages."""

    kind: ClassVar[str] = "web_form"
    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 10
    icon: ClassVar[str] = "form"
    view_right: ClassVar[str] = RIGHT
    change_right: ClassVar[str] = RIGHT
    is_deep: ClassVar[bool] = True
    list_template: ClassVar[str] = "admin/doorways/web_forms.html"
    form_template: ClassVar[str] = "admin/doorways/form_editor.html"
    intro = gettext_lazy("Pages on which visitors leave their details. Each makes contacts here.")
    empty = gettext_lazy("There is no web form yet. Make one, then put its link or code on a site.")
    add_label = gettext_lazy("New web form")
    columns = (
        Column(gettext_lazy("Title"), lambda form: Cell(form.title), sort="title"),
        Column(gettext_lazy("Project"), lambda form: Cell(form.project.name), sort="project__name"),
        Column(gettext_lazy("Open"), lambda form: state_of(form)),
        number(gettext_lazy("Views"), "looks", can_sort=False),
        number(gettext_lazy("Received"), "received"),
        number(gettext_lazy("Conversion"), "conversion", can_sort=False),
        number(gettext_lazy("Held"), "held"),
        Column(gettext_lazy("Last"), lambda form: Cell(moment=form.last), sort="last"),
    )

    def screens(self) -> list[URLPattern]:
        """Add the replacement of the key, and the way back to an earlier version."""
        undelete = require_POST(self.undelete_screen)
        return [
            *super().screens(),
            self.screen("<int:record_id>/key/", require_POST(self.key_screen), "key"),
            self.screen("<int:record_id>/restore/", require_POST(self.restore_screen), "restore"),
            self.screen("<int:record_id>/undelete/", undelete, "undelete"),
        ]

    def rows_for(self, actor: Actor) -> QuerySet[WebForm]:
        """Return the forms of the projects in which the actor manages them."""
        rows = with_figures(WebForm.objects.select_related("project", "owner", "credential"))
        if actor.is_administrator:
            return rows
        return rows.filter(project_id__in=actor.projects_with(RIGHT))

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return the forms by title, or as asked for."""
        order = F(asked.sort or "title")
        ordered = order.desc(nulls_last=True) if asked.descending else order.asc(nulls_first=True)
        rows = self.rows_for(actor_of_request(request)).order_by(ordered, "pk")
        found = sliced(rows, asked)
        return Found(with_views(list(found.records)), found.total)

    def get(self, actor: Actor, record_id: int) -> WebForm:
        """Return one form; raises NotFoundError."""
        found = self.rows_for(actor).filter(pk=record_id).first()
        if found is None:
            raise NotFoundError("web_form", record_id)
        return found

    def form_of(self, request: HttpRequest, record: WebForm | None) -> RecordForm:
        """Return the editor: texts, fields in order, rules."""
        actor = actor_of_request(request)
        form = RecordForm(form_fields(actor), rows=[rows_of(actor)], groups=GROUPS)
        stored: list[dict[str, Any]] = [{"key": key} for key in FIRST_FIELDS]
        form.rows[0].show(record.fields if record else stored)
        if record is None:
            form.initial = {"is_active": True, "min_seconds": 2, "on_duplicate": "create"}
        return form

    def initial_of(self, request: HttpRequest, form: RecordForm, record: WebForm) -> dict[str, Any]:
        """Return the settings of a form."""
        names = [name for name in form.fields if name in CLEANERS]
        settings_of = {name: getattr(record, REFERENCES.get(name, name)) for name in names}
        return {**settings_of, "project": record.project_id}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new form."""
        return int(str(create_web_form(actor, complete(values))["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_web_form(actor, record_id, complete(values))

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a form with its key."""
        delete_web_form(actor, record_id)

    def undo_of_removal(self, record_id: int) -> str:
        """Return where a deleted form is brought back."""
        return self.address("undelete", record_id)

    def undelete_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Bring a deleted form back, with its key and all that was sent through it."""
        try:
            bring_back_web_form(actor_of_request(request), record_id)
        except ConflictError:
            warned(request, _("The form cannot come back: its project is gone."))
            return HttpResponseRedirect(self.address("changelist"))
        said(request, _("The form is back, with its key and what was sent through it."))
        return HttpResponseRedirect(self.address("page", record_id))

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Return the deleted forms that this person may bring back."""
        deleted = deleted_web_forms(actor_of_request(request))
        return {
            "deleted": [
                {**each, "url": self.address("undelete", each["record_id"])} for each in deleted
            ]
        }

    def more_of_form(self, request: HttpRequest, record: WebForm | None) -> dict[str, object]:
        """Say what goes with the form when it is deleted."""
        return {
            "remove_hint": _("What was sent through it goes too. Undo brings all back."),
            "preview_url": reverse("form_preview"),
        }

    def form_page(
        self, request: HttpRequest, form: RecordForm, record: WebForm | None
    ) -> HttpResponse:
        """Let the editor show the preview in a frame."""
        page = cast(TemplateResponse, super().form_page(request, form, record))
        return framing(request, page.render())

    def drafted(self, request: HttpRequest) -> dict[str, object]:
        """Return what the editor says at the moment, as the service takes it."""
        form = self.form_of(request, None)
        form.take(request)
        return complete(form.said()) if form.is_valid() else {}

    def restore_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Bring an earlier version of a form back."""
        version = request.POST.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() else 0
        restore_web_form(actor_of_request(request), record_id, number)
        said(request, _("The earlier version is back. It can be taken back the same way."))
        return HttpResponseRedirect(self.address("page", record_id))

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show where the form is, how to put it on a site, and what came of it."""
        actor = actor_of_request(request)
        (form,) = with_views([self.get(actor, record_id)])
        key = form_key_of(actor, record_id)
        address = f"{settings.BASE_URL}{reverse('forms:form', args=[form.public_id])}"
        asked = [(said, find_field(str(said.get("key")))) for said in form.fields]
        context: dict[str, object] = {
            "title": form.title,
            "form": form,
            "state": state_of(form),
            "address": address,
            "key": key,
            "former_keys": former_keys(form),
            "facts": facts_of_form(form),
            "snippets": snippets_of(form, address, key),
            "asked": [
                (said.get("label") or label_of(said["key"]), said) for said, field in asked if field
            ],
            "steps": self.steps(None),
            "change_url": self.address("change", record_id),
            "key_url": self.address("key", record_id),
            "inbox_url": f"{reverse('admin:contacts_submission_changelist')}?form={form.pk}",
            "keep_days": KEEP_DAYS,
            "keep_days_at_most": KEEP_DAYS_AT_MOST,
            "versions": versions_of(actor, record_id),
            "restore_url": self.address("restore", record_id),
            "trial_url": reverse("form_trial", args=[record_id]),
        }
        return self.page(request, "admin/doorways/web_form.html", context)

    def key_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Give the form a new key; the old one goes on working for as long as was asked for."""
        asked = request.POST.get("days", "").strip()
        days = int(asked) if asked.isascii() and asked.isdigit() else KEEP_DAYS
        days = min(days, KEEP_DAYS_AT_MOST)
        rotate_form_key(actor_of_request(request), record_id, keep_days=days)
        text = ngettext(
            "The form has a new key. The old one works for %(days)s more day.",
            "The form has a new key. The old one works for %(days)s more days.",
            days,
        )
        if not days:
            text = _("The form has a new key. The old one works no more.")
        said(request, text % {"days": days})
        return HttpResponseRedirect(self.address("page", record_id))


def state_of(form: WebForm) -> Cell:
    """Return whether a form takes anything."""
    if form.is_active:
        return Cell(_("open"), tone="good")
    return Cell(_("closed"), tone="bad")


def complete(values: dict[str, object]) -> dict[str, object]:
    """Return what the service takes: lists to choose from give no nothing, but blank text."""
    blank = {"language": "", "logo": "", "on_duplicate": WebForm.OnDuplicate.CREATE}
    return {
        name: blank.get(name, value) if value is None else value for name, value in values.items()
    }
