"""Custom fields with their options, and the groups that title them."""

import json
from collections.abc import Collection
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of
from contacts.admin.catalogue_screens import CatalogueAdmin, Document, column, records_of
from contacts.admin.doors import doors
from contacts.admin.nouns import ADMINISTRATOR
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found
from contacts.admin.rows import Rows
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column, Pick
from contacts.models import Contact, CustomField, CustomFieldGroup, CustomValue
from contacts.services.custom_fields import (
    create_custom_field,
    create_custom_field_group,
    delete_custom_field,
    delete_custom_field_group,
    update_custom_field,
    update_custom_field_group,
)

RELATIVES = ("customfield", "customfieldgroup")
CHOICE = "option"


def option_fields() -> dict[str, forms.Field]:
    """Return what is said of one option."""
    return {
        "id": forms.CharField(required=False, widget=forms.HiddenInput),
        "label": inputs.text(gettext_lazy("Label"), maxlength=255),
        "color": inputs.text(gettext_lazy("Colour, such as #1565c0"), maxlength=7),
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


def used_by(field_ids: Collection[int]) -> dict[int, int]:
    """Return how many contacts have a value, by the fields."""
    rows = CustomValue.objects.filter(field_id__in=field_ids).order_by().values("field_id")
    counted = rows.annotate(used=Count("contact_id", distinct=True))
    return {row["field_id"]: row["used"] for row in counted}


def used_url(record: Document) -> str:
    """Return the list of the contacts that have a value; "" for fields of other records."""
    if record["object_kind"] != "contact" or not record["is_active"]:
        return ""
    where = {"field": f"custom_{record['id']}", "operator": "is_empty", "value": False}
    address = reverse("admin:contacts_contact_changelist")
    return f"{address}?{urlencode({'where': json.dumps(where)})}"


def state_cell(document: Document) -> Cell:
    """Return whether a field is in use."""
    if document["is_active"]:
        return Cell(_("active"), tone="good")
    return Cell(_("switched off"), tone="warn")


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
        "is_multiple",
        "is_searchable",
        "is_filterable",
        "is_active",
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
        (gettext_lazy("Where it is shown"), ("kinds", "projects", "position")),
        (
            gettext_lazy("What may be filled in"),
            ("default", "pattern", "min_length", "max_length", "slug"),
        ),
    )
    columns = (
        column("custom_field", "label"),
        column("custom_field", "type"),
        column("custom_field", "object_kind"),
        column("custom_field", "access", can_sort=False),
        Column(gettext_lazy("Number"), lambda field: Cell(str(field["id"])), is_number=True),
        Column(
            gettext_lazy("Used by"), lambda field: Cell(str(field.get("used", ""))), is_number=True
        ),
        Column(gettext_lazy("State"), state_cell),
    )
    form_template: ClassVar[str] = "admin/setup/custom_field.html"

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Add to each field how many contacts use it."""
        found = super().find(request, asked)
        used = used_by([record["id"] for record in found.records])
        records = [{**record, "used": used.get(record["id"], 0)} for record in found.records]
        return Found(records, found.total)

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the kinds of record."""
        kinds = [("contact", _("Contact")), ("deal", _("Deal")), ("activity", _("Activity"))]
        return [Pick("object_kind", _("Of"), kinds)]

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
        return {"is_active": True, "is_filterable": True}

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
        """Say what goes with the field, what programs call it and how many contacts use it."""
        hint: dict[str, object] = {"remove_hint": _("Its values go too; the history keeps them.")}
        if record is None:
            return hint
        names = [
            (door.title, door.ways.field_name(record["id"], record["slug"]))
            for door in doors()
            if door.ways is not None
        ]
        used = used_by([record["id"]]).get(record["id"], 0)
        return {**hint, "names": names, "used": used, "used_url": used_url(record)}


@admin.register(CustomFieldGroup, site=site)
class CustomFieldGroupAdmin(CatalogueAdmin):
    """Titles under which custom fields stand."""

    kind: ClassVar[str] = "custom_field_group"
    icon: ClassVar[str] = "field"
    view_right: ClassVar[str] = ADMINISTRATOR
    relatives: ClassVar[tuple[str, ...]] = RELATIVES
    intro = gettext_lazy("Titles under which custom fields stand together in forms.")
    empty = gettext_lazy("No groups yet. Custom fields stand together without a title.")
    add_label = gettext_lazy("New group")
    keys = ("title", "position", "is_active")
    columns = (
        column("custom_field_group", "title"),
        column("custom_field_group", "position", is_number=True),
        Column(gettext_lazy("State"), state_cell),
    )

    def first_values(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is usual."""
        return {"is_active": True}

    def name_of(self, record: Document) -> str:
        """Return the title."""
        return str(record["title"])

    def create(self, actor: Actor, values: dict[str, object]) -> int:
        """Store a new group."""
        return int(str(create_custom_field_group(actor, values)["id"]))

    def change(self, actor: Actor, record_id: int, values: dict[str, object]) -> None:
        """Store what was changed."""
        update_custom_field_group(actor, record_id, values)

    def remove(self, actor: Actor, record_id: int) -> None:
        """Delete a group; its fields stay."""
        delete_custom_field_group(actor, record_id)
