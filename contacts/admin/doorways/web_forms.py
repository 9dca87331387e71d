"""Web forms: what they ask, what becomes of the answers, and how to put them on a site."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import active_users, projects_of
from contacts.admin.doorways.snippets import snippets_of
from contacts.admin.messages import said
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found, RecordAdmin, sliced
from contacts.admin.rows import Rows
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.errors import NotFoundError
from contacts.fields import catalogue
from contacts.models import WebForm
from contacts.services.form_fields import find_askable
from contacts.services.form_settings import CLEANERS
from contacts.services.web_forms import (
    create_web_form,
    delete_web_form,
    form_key_of,
    rotate_form_key,
    update_web_form,
)

RIGHT = NEEDED["web_form", "manage"]
KEEP_DAYS = 30
FIRST_FIELDS = ("first_name", "last_name", "emails", "phones", "background")
WIDTHS = [("full", gettext_lazy("whole line")), ("half", gettext_lazy("half a line"))]
GROUPS = (
    (
        gettext_lazy("After sending"),
        ("thanks", "repeats_values", "redirect_to", "redirect_hosts", "notify"),
    ),
    (
        gettext_lazy("What becomes of it"),
        ("owner", "tags", "on_duplicate", "allows_files"),
    ),
    (
        gettext_lazy("Against misuse"),
        ("allowed_sites", "min_seconds", "per_hour", "max_length", "honeypot", "blocked_words"),
    ),
)


def count_of(number: int) -> Cell:
    """Return a number as a cell."""
    return Cell(str(number))


@admin.register(WebForm, site=site)
class WebFormAdmin(RecordAdmin):
    """The public web forms of the projects that one manages."""

    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 10
    icon: ClassVar[str] = "form"
    view_right: ClassVar[str] = RIGHT
    change_right: ClassVar[str] = RIGHT
    is_deep: ClassVar[bool] = True
    intro = gettext_lazy("Pages on which visitors leave their details. Each makes contacts here.")
    empty = gettext_lazy("There is no web form yet. Make one, then put its link or code on a site.")
    add_label = gettext_lazy("New web form")
    columns = (
        Column(gettext_lazy("Title"), lambda form: Cell(form.title)),
        Column(gettext_lazy("Project"), lambda form: Cell(form.project.name)),
        Column(gettext_lazy("Open"), lambda form: state_of(form)),
        Column(gettext_lazy("Received"), lambda form: count_of(form.received), is_number=True),
        Column(gettext_lazy("Held"), lambda form: count_of(form.held), is_number=True),
        Column(gettext_lazy("Last"), lambda form: Cell(moment=form.last)),
    )

    def screens(self) -> list[URLPattern]:
        """Add the replacement of the key."""
        route = "<int:record_id>/key/"
        return [*super().screens(), self.screen(route, require_POST(self.key_screen), "key")]

    def rows_for(self, actor: Actor) -> QuerySet[WebForm]:
        """Return the forms of the projects in which the actor manages them."""
        rows = WebForm.objects.select_related("project", "owner", "credential").annotate(
            received=Count("submissions"),
            held=Count("submissions", filter=Q(submissions__state="held")),
            last=Max("submissions__created_at"),
        )
        if actor.is_administrator:
            return rows
        return rows.filter(project_id__in=actor.projects_with(RIGHT))

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return the forms by title."""
        return sliced(self.rows_for(actor_of_request(request)).order_by("title", "pk"), asked)

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
        names = [name for name in form.fields if name in CLEANERS and name != "owner"]
        settings_of = {name: getattr(record, name) for name in names}
        return {**settings_of, "project": record.project_id, "owner": record.owner_id}

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new form."""
        return int(str(create_web_form(actor, complete(values))["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_web_form(actor, record_id, complete(values))

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a form with its key."""
        delete_web_form(actor, record_id)

    def more_of_form(self, request: HttpRequest, record: WebForm | None) -> dict[str, object]:
        """Say what goes with the form when it is deleted."""
        return {"remove_hint": _("What was sent through it goes too. The contacts stay.")}

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show where the form is, how to put it on a site, and what came of it."""
        actor = actor_of_request(request)
        form = self.get(actor, record_id)
        key = form_key_of(actor, record_id)
        address = f"{settings.BASE_URL}{reverse('forms:form', args=[form.public_id])}"
        known = catalogue("contact")
        asked = [(said, known.find(str(said.get("key")))) for said in form.fields]
        context: dict[str, object] = {
            "title": form.title,
            "form": form,
            "state": state_of(form),
            "address": address,
            "key": key,
            "snippets": snippets_of(form, address, key),
            "asked": [(said.get("label") or field.label, said) for said, field in asked if field],
            "steps": self.steps(None),
            "change_url": self.address("change", record_id),
            "key_url": self.address("key", record_id),
            "inbox_url": f"{reverse('admin:contacts_submission_changelist')}?form={form.pk}",
            "keep_days": KEEP_DAYS,
        }
        return self.page(request, "admin/doorways/web_form.html", context)

    def key_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Give the form a new key; the old one goes on working for a while."""
        rotate_form_key(actor_of_request(request), record_id, keep_days=KEEP_DAYS)
        text = _("The form has a new key. The old one works for %(days)s more days.")
        said(request, text % {"days": KEEP_DAYS})
        return HttpResponseRedirect(self.address("page", record_id))


def state_of(form: WebForm) -> Cell:
    """Return whether a form takes anything."""
    if form.is_active:
        return Cell(_("open"), tone="good")
    return Cell(_("closed"), tone="bad")


def complete(values: dict[str, object]) -> dict[str, object]:
    """Return what the service takes: lists to choose from give no nothing, but blank text."""
    blank = {"language": "", "on_duplicate": WebForm.OnDuplicate.CREATE}
    return {
        name: blank.get(name, value) if value is None else value for name, value in values.items()
    }


def rows_of(actor: Actor) -> Rows:
    """Return the rows of the fields that a form asks for."""
    askable = [
        (field.key, field.label)
        for field in catalogue("contact")
        if find_askable(actor, field.key) is not None
    ]
    parts = [(key, label) for key, label in ADDRESS if find_askable(actor, key) is not None]
    options = [*askable, *[pair for pair in parts if pair[0] not in dict(askable)]]

    def make() -> dict[str, forms.Field]:
        return {
            "key": inputs.one_of(gettext_lazy("Field"), options),
            "label": inputs.text(gettext_lazy("Label, if other")),
            "is_required": inputs.yes_no(gettext_lazy("Required")),
            "help": inputs.aside(inputs.text(gettext_lazy("Help"))),
            "default": inputs.aside(inputs.text(gettext_lazy("Default"))),
            "width": inputs.one_of(gettext_lazy("Width"), WIDTHS, blank=False),
            "is_hidden": inputs.aside(inputs.yes_no(gettext_lazy("Hidden, always the default"))),
        }

    return Rows(
        "fields",
        gettext_lazy("Fields, in order"),
        make,
        main="key",
        add_label=gettext_lazy("Add another field"),
    )


ADDRESS = (
    ("street1", gettext_lazy("Street")),
    ("street2", gettext_lazy("Street, second line")),
    ("city", gettext_lazy("City")),
    ("region", gettext_lazy("Region")),
    ("postcode", gettext_lazy("Postcode")),
    ("country", gettext_lazy("Country")),
)


def form_fields(actor: Actor) -> dict[str, forms.Field]:
    """Return the settings of a form as fields."""
    languages = [(code, name) for code, name in settings.LANGUAGES]
    return {
        "title": inputs.asked(inputs.text(gettext_lazy("Title"))),
        "project": inputs.asked(
            inputs.one_of(gettext_lazy("Project"), projects_of(actor, RIGHT), blank=False)
        ),
        "intro": inputs.long_text(gettext_lazy("Introduction"), rows=3),
        "submit_label": inputs.text(gettext_lazy("Button"), hint=gettext_lazy("Empty: “Send”.")),
        "language": inputs.one_of(
            gettext_lazy("Language"), languages, hint=gettext_lazy("Empty: the visitor's own.")
        ),
        "consent": inputs.long_text(
            gettext_lazy("Consent text"),
            hint=gettext_lazy("With a text here, visitors must tick a box that they agree."),
            rows=2,
        ),
        "is_active": inputs.yes_no(gettext_lazy("Open: takes what visitors send")),
        **after_sending(),
        "owner": inputs.one_of(gettext_lazy("Owner of new contacts"), active_users()),
        "tags": inputs.lines(gettext_lazy("Tags"), hint=gettext_lazy("One a line."), rows=2),
        "on_duplicate": inputs.one_of(
            gettext_lazy("Same e-mail again"), WebForm.OnDuplicate.choices, blank=False
        ),
        "allows_files": inputs.yes_no(gettext_lazy("A picture may be sent")),
        **against_misuse(),
    }


def after_sending() -> dict[str, forms.Field]:
    """Return the settings of what happens after sending."""
    return {
        "thanks": inputs.long_text(gettext_lazy("Thanks"), rows=3),
        "repeats_values": inputs.yes_no(gettext_lazy("Show visitors what was received")),
        "redirect_to": inputs.text(
            gettext_lazy("Then go to"),
            hint=gettext_lazy("An address such as https://example.com/thanks. Empty: our page."),
            inputmode="url",
        ),
        "redirect_hosts": inputs.lines(
            gettext_lazy("Hosts to which visitors may be sent on"),
            hint=gettext_lazy("One a line, such as example.com."),
            rows=2,
        ),
        "notify": inputs.lines(
            gettext_lazy("Tell by e-mail"), hint=gettext_lazy("One address a line."), rows=2
        ),
    }


def against_misuse() -> dict[str, forms.Field]:
    """Return the settings that keep robots out."""
    return {
        "allowed_sites": inputs.lines(
            gettext_lazy("Sites that may show the form in a frame"),
            hint=gettext_lazy("One a line, such as https://example.com."),
            rows=2,
        ),
        "min_seconds": inputs.number(
            gettext_lazy("Least seconds to fill in"),
            hint=gettext_lazy("Faster ones are held for review."),
        ),
        "per_hour": inputs.number(
            gettext_lazy("Most per address and hour"), hint=gettext_lazy("0: no limit.")
        ),
        "max_length": inputs.number(
            gettext_lazy("Most characters in a field"), hint=gettext_lazy("0: no limit.")
        ),
        "honeypot": inputs.text(
            gettext_lazy("Trap field"),
            hint=gettext_lazy(
                "The name of a field on your own site that people do not see. Robots fill it in."
            ),
        ),
        "blocked_words": inputs.lines(
            gettext_lazy("Words that hold a submission"), hint=gettext_lazy("One a line."), rows=2
        ),
    }
