"""Custom fields with their options, and the groups that title them."""

from contextlib import suppress
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column, records_of
from contacts.admin.messages import said, warned
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found, Step
from contacts.admin.right_words import ADMINISTRATOR
from contacts.admin.rows import Rows
from contacts.admin.setup.field_cells import (
    filter_cell,
    names_cell,
    names_of,
    projects_cell,
    shown_cell,
    state_cell,
    used_by,
    used_cell,
    used_url,
)
from contacts.admin.setup.field_files import definitions_file, taken_definitions
from contacts.admin.setup.field_types import trial_of
from contacts.admin.setup.field_values import values_table
from contacts.admin.site import site
from contacts.admin.tables import Asked, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, InvalidError
from contacts.fields.definition_fields import OBJECT_KINDS, TYPE_LABELS
from contacts.models import Contact, CustomField
from contacts.services.custom_fields import (
    create_custom_field,
    delete_custom_field,
    update_custom_field,
)
from contacts.services.custom_restoring import bring_back_custom_field, deleted_custom_fields
from contacts.services.tags import COLORS

RELATIVES = ("customfield", "customfieldgroup")


def option_fields() -> dict[str, forms.Field]:
    """Return what is said of one option."""
    return {
        "id": forms.CharField(required=False, widget=forms.HiddenInput),
        "label": inputs.text(gettext_lazy("Label"), maxlength=255),
        "color": inputs.color(gettext_lazy("Colour, such as #1565c0"), list="colors"),
        "is_active": inputs.one_of(
            gettext_lazy("May be chosen"),
            [(True, gettext_lazy("yes")), (False, gettext_lazy("no longer"))],
            blank=False,
        ),
    }


def option_rows(record: Document | None) -> Rows:
    """Return the rows of the options of a choice."""
    rows = Rows(
        "options",
        gettext_lazy("Options, in order"),
        option_fields,
        main="label",
        add_label=gettext_lazy("Add another option"),
    )
    rows.show(record["options"] if record else (), spare=1 if record else 3)
    return rows


@admin.register(CustomField, site=site)
class CustomFieldAdmin(CatalogueAdmin):
    """What contacts and deals hold besides the built-in fields."""

    kind: ClassVar[str] = "custom_field"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 40
    icon: ClassVar[str] = "field"
    view_right: ClassVar[str] = ADMINISTRATOR
    can_search: ClassVar[bool] = True
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Fields of your own. Programs find them under the same number everywhere.")
    empty = gettext_lazy("No custom fields yet. Add one for what the built-in fields lack.")
    add_label = gettext_lazy("New custom field")
    keys = (
        "label",
        "object_kind",
        "type",
        "control",
        "group",
        "help_text",
        "terms_url",
        "access",
        "is_for_members",
        "levels",
        "is_required",
        "is_required_in_forms",
        "is_multiple",
        "is_searchable",
        "is_filterable",
        "is_active",
        "is_in_form",
        "is_in_list",
        "kinds",
        "projects",
        "default",
        "pattern",
        "min_length",
        "max_length",
        "slug",
        "position",
    )
    groups = (
        (
            gettext_lazy("Where it is shown"),
            ("is_in_form", "is_in_list", "position", "kinds", "projects"),
        ),
        (
            gettext_lazy("What may be filled in"),
            (
                "is_required",
                "is_required_in_forms",
                "is_multiple",
                "default",
                "pattern",
                "min_length",
                "max_length",
                "terms_url",
            ),
        ),
        (
            gettext_lazy("Who reads it, and who finds by it"),
            ("is_filterable", "is_searchable", "is_for_members", "access", "levels", "slug"),
        ),
    )
    columns = (
        column("custom_field", "label"),
        column("custom_field", "type"),
        column("custom_field", "object_kind"),
        Column(gettext_lazy("Projects"), projects_cell),
        Column(gettext_lazy("Used by"), used_cell, is_number=True),
        Column(gettext_lazy("Known to programs as"), names_cell),
        Column(gettext_lazy("Filterable"), filter_cell),
        Column(gettext_lazy("Shown in"), shown_cell),
        Column(gettext_lazy("State"), state_cell),
    )
    list_template: ClassVar[str] = "admin/setup/custom_fields.html"
    form_template: ClassVar[str] = "admin/setup/custom_field.html"

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Add to each field how many contacts use it."""
        found = super().find(request, asked)
        used = used_by(found.records)
        records = [{**record, "used": used.get(record["id"], 0)} for record in found.records]
        return Found(records, found.total)

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the kinds of record."""
        kinds = [(choice.name, choice.label) for choice in OBJECT_KINDS]
        return [
            Pick("object_kind", _("Of"), kinds),
            Pick("type", _("Type"), list(TYPE_LABELS.items())),
        ]

    def keys_of(self, record: Document | None) -> tuple[str, ...]:
        """Leave out what cannot be changed later."""
        return tuple(key for key in self.keys if record is None or key != "object_kind")

    def options(self, actor: Actor, record: Document | None) -> dict[str, inputs.Options]:
        """Return groups, projects and kinds of contact."""
        groups = [(each["id"], each["title"]) for each in records_of(actor, "custom_field_group")]
        levels = [(each["id"], each["name"]) for each in records_of(actor, "membership_level")]
        return {
            "group": groups,
            "projects": projects_of(actor),
            "kinds": Contact.Kind.choices,
            "levels": levels,
        }

    def form_of(self, request: HttpRequest, record: Document | None) -> RecordForm:
        """Add the rows of the options."""
        form = super().form_of(request, record)
        form.rows = [option_rows(record)]
        form.explain(
            {
                "object_kind": _(
                    "Fields of addresses and relationships are filled in by programs."
                ),
                "is_in_form": _("A required field is always asked for."),
                "is_required_in_forms": _("Programs and files may leave it out."),
                "kinds": _("None ticked: all kinds."),
                "projects": _("None ticked: in all projects."),
                "levels": _("None ticked: for members at all levels."),
                "terms_url": _("Where the terms that one agrees to can be read."),
                "slug": _(
                    "The name that programs see. Leave it empty and one is made of the label."
                ),
                "pattern": _("A regular expression that the text must fit."),
            }
        )
        return form

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return dict.fromkeys(("is_active", "is_filterable", "is_in_form", "is_in_list"), True)

    def name_of(self, record: Document) -> str:
        """Return the label."""
        return str(record["label"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Define a field."""
        options: Any = values.pop("options")
        return int(str(create_custom_field(actor, values, options=options)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Change a definition."""
        options: Any = values.pop("options")
        update_custom_field(actor, record_id, values, options=options)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a definition with its values."""
        delete_custom_field(actor, record_id)

    def more_of_form(self, request: HttpRequest, record: Document | None) -> dict[str, object]:
        """Say what goes with the field, what programs call it and how many records use it."""
        hint: dict[str, object] = {
            "remove_hint": _("Its values go too. Undo brings all back."),
            "palette": COLORS,
        }
        if record is None:
            return hint
        return {
            **hint,
            "names": names_of(record),
            "options": record["options"],
            "used": used_by([record]).get(record["id"], 0),
            "used_url": used_url(record),
            "values_url": self.address("values", record["id"]),
            "type_url": self.address("type", record["id"]),
        }

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Return what was deleted, and the ways of definitions into files and out of them."""
        deleted = deleted_custom_fields(actor_of_request(request))
        return {
            "deleted": [
                {**each, "url": self.address("restore", each["record_id"])} for each in deleted
            ],
            "export_url": self.address("export"),
            "import_url": self.address("import"),
        }

    def screens(self) -> list[URLPattern]:
        """Add trying a type, the values as a table, bringing back, and files of definitions."""
        values, restore = require_safe(self.values_screen), require_POST(self.restore_screen)
        return [
            self.screen("export/", require_safe(self.export_screen), "export"),
            self.screen("import/", self.import_screen, "import"),
            *super().screens(),
            self.screen("<int:record_id>/type/", self.type_screen, "type"),
            self.screen("<int:record_id>/values.csv", values, "values"),
            self.screen("<int:record_id>/restore/", restore, "restore"),
        ]

    def undo_of_removal(self, record_id: int) -> str:
        """Return where a deleted field is brought back."""
        return self.address("restore", record_id)

    def restore_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Bring a deleted field back with its values."""
        try:
            bring_back_custom_field(actor_of_request(request), record_id)
        except ConflictError:
            text = _("Another field has its short name by now. Give that one another name first.")
            warned(request, text)
            return HttpResponseRedirect(self.address("changelist"))
        said(request, _("The field is back with all of its values."))
        return HttpResponseRedirect(self.address("change", record_id))

    def values_screen(self, request: HttpRequest, record_id: int) -> StreamingHttpResponse:
        """Send the values of a field as a table."""
        actor = actor_of_request(request)
        self.get(actor, record_id)
        return values_table(actor, CustomField.objects.get(pk=record_id))

    def type_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show what another type would do to the values, and change it where all of them fit."""
        actor = actor_of_request(request)
        record = self.get(actor, record_id)
        asked = request.POST.get("type", "") or request.GET.get("type", "")
        if request.method == "POST" and asked in TYPE_LABELS:
            with suppress(InvalidError):
                update_custom_field(actor, record_id, {"type": asked})
                said(request, _("The type is changed, and all values with it."))
                return HttpResponseRedirect(self.address("change", record_id))
        trial = None
        if asked in TYPE_LABELS and asked != record["type"]:
            trial = trial_of(actor, record_id, record["object_kind"], asked)
        context: dict[str, object] = {
            "title": _("Another type for “%(name)s”") % {"name": record["label"]},
            "record": record,
            "types": [pair for pair in TYPE_LABELS.items() if pair[0] != record["type"]],
            "now": TYPE_LABELS.get(record["type"], record["type"]),
            "trial": trial,
            "steps": [*self.steps(None), Step(record["label"], self.address("change", record_id))],
            "values_url": self.address("values", record_id),
        }
        return self.page(request, "admin/setup/field_type.html", context)

    def export_screen(self, request: HttpRequest) -> HttpResponse:
        """Send all definitions as a file."""
        return definitions_file(actor_of_request(request))

    def import_screen(self, request: HttpRequest) -> HttpResponse:
        """Take definitions from a file: first what would come of it, then for good."""
        taken = taken_definitions(request)
        if taken.is_done:
            said(request, taken.sentence)
            return HttpResponseRedirect(self.address("changelist"))
        context: dict[str, object] = {
            "title": _("Take over custom fields"),
            "taken": taken,
            "steps": self.steps(None),
            "export_url": self.address("export"),
        }
        status = 422 if taken.problem else 200
        return self.page(request, "admin/setup/field_import.html", context, status=status)
