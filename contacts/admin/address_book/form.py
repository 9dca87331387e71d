"""The form of a contact: only the fields of its kind, in groups, with rows for its channels."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts import query
from contacts.access import NEEDED, Actor, readable_custom_fields
from contacts.access.visibility import visible_projects
from contacts.admin import inputs
from contacts.admin.address_book.form_fields import ChannelRows, TagsField, channel_rows
from contacts.admin.address_book.signatures import Signature, read_signature
from contacts.admin.address_book.words import country_of
from contacts.admin.catalogue_forms import (
    catalogue_fields,
    fields_in_forms,
    initial_of,
    projects_of,
    user_groups_of,
    users_of,
)
from contacts.admin.catalogue_screens import records_of
from contacts.admin.naming import many_named, one_named
from contacts.admin.record_forms import RecordForm
from contacts.fields import Field, catalogue, reference

Document = Mapping[str, Any]
Groups = list[tuple[str | Promise, list[str]]]

NAMES = {
    "person": ["prefix", "first_name", "middle_name", "last_name", "suffix", "nickname"],
    "organization": ["organization_name", "legal_name", "nickname"],
    "household": ["household_name", "nickname"],
}
GROUPS: Sequence[tuple[str | Promise, Sequence[str]]] = (
    (_("Work"), ("job_title", "company", "department", "reports_to")),
    (_("Organization"), ("domain", "industry", "parent", "employee_count", "annual_revenue")),
    (_("Belongs to"), ("tags", "groups", "owner", "owner_group", "visibility", "projects")),
    (_("About"), ("background", "picture", "remove_picture")),
    (
        _("Personal"),
        ("birthday", "gender", "preferred_language", "formal_title", "is_deceased", "deceased_on"),
    ),
    (
        _("Wishes"),
        (
            "do_not_phone",
            "do_not_email",
            "do_not_mail",
            "do_not_sms",
            "do_not_trade",
            "is_opt_out",
            "no_event_news",
            "no_newsletters",
        ),
    ),
    (
        _("Membership"),
        (
            "membership_level",
            "membership_status",
            "member_since",
            "renewal_due",
            "is_membership_enabled",
            "hides_profile",
            "bundle",
            "member_role",
        ),
    ),
    (_("Where it comes from"), ("lead_source", "source", "external_identifier", "stage")),
    (_("Money"), ("balance", "total_donated")),
)
# Made here; all others come from the catalogue.
OWN = frozenset(
    {
        *("tags", "groups", "owner", "owner_group", "projects", "bundle"),
        *("picture", "remove_picture"),
    }
)


OPEN_GROUPS = (_("Name"), _("Work"), _("Organization"), _("Belongs to"), _("About"))
# At their first values these fields tell nothing.
UNTOLD = ("", "0", "0.00", "contact", "None", "False", "[]")


@dataclass(frozen=True, slots=True)
class Fold:
    """A group of fields, open or folded."""

    fields: list[forms.BoundField]
    is_open: bool


def is_told(field: forms.BoundField) -> bool:
    """Tell whether a field is filled in or refused."""
    return bool(field.errors) or str(field.value() or "").strip() not in UNTOLD


class ContactForm(RecordForm):
    """The form of a new or a stored contact."""

    rows: list[ChannelRows]  # type: ignore[assignment]  # narrower than that of other records

    def show(self, actor: Actor, document: Document, names: Mapping[int, str]) -> None:
        """Show what is stored, or what a new contact has at first."""
        self.initial = {**self.initial, **first_shown(actor, self, document, names)}
        for rows in self.rows:
            rows.show(stored_rows(rows.name, document))

    def narrow(self, names: Collection[str]) -> bool:
        """Leave only some fields and rows; False, and all of them stay, where it has none."""
        fields = {name: field for name, field in self.fields.items() if name in names}
        rows = [rows for rows in self.rows if rows.name in names]
        if fields or rows:
            self.fields, self.rows = fields, rows
        return bool(fields or rows)

    def take(self, request: HttpRequest) -> bool:
        """Take over what was sent; a signature that came with it is read into what is empty."""
        is_sent = super().take(request)
        if request.POST.get("read") != "signature":
            return is_sent
        if self.is_bound:
            self.show_again()
        self._propose(read_signature(request.POST.get("signature", "")))
        return False

    def _propose(self, found: Signature) -> None:
        for name, value in found.values.items():
            if name in self.fields and not str(self.initial.get(name) or "").strip():
                self.initial[name] = value
        for rows in self.rows:
            rows.add(found.rows(rows.name))

    @property
    def folds(self) -> list[tuple[str, Fold]]:
        """Return the groups of fields, those that are seldom used folded while they are empty."""
        return [
            (title, Fold(fields, title in self.open_titles or any(map(is_told, fields))))
            for title, fields in self.sections
        ]

    @property
    def open_titles(self) -> set[str]:
        """Return the titles of the groups that always stand open."""
        return {str(title) for title in OPEN_GROUPS}

    def values(self, actor: Actor, base: Document) -> dict[str, object]:
        """Return what was filled in otherwise than in the document that the form was made from."""
        values: dict[str, object] = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in ("picture", "remove_picture")
        }
        for rows in self.rows:
            if rows.has_changed(stored_rows(rows.name, base)):
                values[rows.name] = rows.values()
        if "projects" in values:
            values["projects"] = [*self.cleaned_data["projects"], *self._not_offered(actor, base)]
        return values

    def _not_offered(self, actor: Actor, base: Document) -> list[int]:
        """Return the projects that this person sees but cannot choose; others stay anyway."""
        field = self.fields["projects"]
        offered = {int(value) for value, _label in getattr(field, "choices", ())}
        others = [pk for pk in base.get("projects", ()) if pk not in offered]
        return list(visible_projects(actor).filter(pk__in=others).values_list("pk", flat=True))


def contact_form(actor: Actor, kind: str) -> ContactForm:
    """Return an empty form for a kind of contact."""
    groups = groups_of(actor, kind)
    keys = [key for _title, names in groups for key in names]
    plain = [key for key in keys if key not in OWN and not key.startswith("custom_")]
    fields = catalogue_fields(actor, "contact", plain)
    wanted = {**fields, **_own_fields(actor)}
    for key in ("birthday", "deceased_on", "preferred_language", "employee_count"):
        if key in wanted:
            wanted[key].widget.attrs["class"] = "short"
    chosen = {key: wanted[key] for key in keys if key in wanted}
    return ContactForm(chosen, rows=channel_rows(), groups=groups, aliases={"avatar": "picture"})


def groups_of(actor: Actor, kind: str) -> Groups:
    """Return the titled groups of fields that a kind of contact has."""
    fields = catalogue("contact")
    groups: Groups = [(_("Name"), NAMES[kind])]
    for title, keys in GROUPS:
        suiting = [key for key in keys if key in OWN or _suits(fields.by_key.get(key), kind)]
        groups.append((title, suiting))
    custom: dict[str, list[str]] = {}
    for field in fields_in_forms(actor, "contact"):
        if _suits(field, kind):
            custom.setdefault(field.group, []).append(field.key)
    groups += [(title or _("More fields"), keys) for title, keys in custom.items()]
    return [(title, keys) for title, keys in groups if keys]


def _suits(field: Field | None, kind: str) -> bool:
    return field is not None and (not field.applies_to or kind in field.applies_to)


def _own_fields(actor: Actor) -> dict[str, forms.Field]:
    groups = user_groups_of(actor)
    made: dict[str, forms.Field] = {
        "tags": inputs.wide(
            TagsField(label=_("Tags"), required=False, help_text=_("Separated by commas."))
        ),
        "owner": one_named(_("Owner"), users_of(actor), "users"),
        "projects": many_named(
            _("Projects"), projects_of(actor, NEEDED["contact", "update"]), "projects"
        ),
        "picture": forms.FileField(
            label=_("Picture"),
            required=False,
            help_text=_("PNG, JPEG, GIF or WebP. Choose it again if something else is wrong."),
            widget=forms.FileInput(attrs={"accept": "image/*"}),
        ),
        "remove_picture": inputs.yes_no(_("Remove the picture")),
    }
    bundles = bundles_of(actor)
    if bundles:
        made["bundle"] = inputs.one_of(_("Bundle"), bundles)
    if reference.groups().by_id:
        named = [(each.id, each.name) for each in reference.groups().by_id.values()]
        made["groups"] = many_named(_("Groups"), named, "groups")
    if groups:
        made["owner_group"] = inputs.one_of(_("Owning user group"), groups)
    return made


def bundles_of(actor: Actor) -> list[tuple[object, inputs.Text]]:
    """Return the bundles that one can be a member of, by who leads them and their level."""
    return [
        (bundle["id"], f"{name_in(bundle['administrator'])} ({bundle['level']})")
        for bundle in records_of(actor, "bundle")
    ]


def name_in(reference_to: Document | None) -> str:
    """Return the name that a reference to a contact shows."""
    return str(reference_to["name"]) if reference_to else "#"


def first_shown(
    actor: Actor, form: ContactForm, document: Document, names: Mapping[int, str]
) -> dict[str, object]:
    """Return what the single fields show of a document."""
    shown = initial_of(document, form, "contact", actor)
    for key, value in shown.items():
        # A document holds a single value of a list as it is.
        if isinstance(form.fields[key], forms.MultipleChoiceField) and value is not None:
            shown[key] = value if isinstance(value, list) else [value]
    for key in ("reports_to", "parent"):
        pk = document.get(f"{key}_id")
        if key in form.fields and pk is not None:
            shown[key] = {"id": pk, "name": names.get(pk, "")}
    if "owner_group" in form.fields:
        group = document.get("owner_group_id")
        inputs.offer_also(
            form.fields["owner_group"], group, reference.user_groups().name_of(group) or "#"
        )
    tags = reference.tags()
    return {
        **shown,
        "tags": [tags.name_of(pk) for pk in document.get("tags", ()) if tags.name_of(pk)],
        "groups": list(document.get("groups", ())),
        "owner": document.get("owner_id"),
        "owner_group": document.get("owner_group_id"),
        "bundle": document.get("bundle_id"),
        "projects": list(document.get("projects", ())),
    }


def stored_rows(name: str, document: Document) -> list[dict[str, Any]]:
    """Return the channels of a document as rows show them."""
    items: Iterable[Mapping[str, Any]] = document.get(name, ())
    if name != "addresses":
        return [dict(item) for item in items]
    return [{**item, "country": country_of(item)} for item in items]


def form_names(actor: Actor, document: Document) -> dict[int, str]:
    """Return the names of the contacts that a form names."""
    ids = {document.get("reports_to_id"), document.get("parent_id")}
    for field in readable_custom_fields(actor):
        value = document.get("custom", {}).get(str(field.custom_id))
        if field.type.name in ("contact", "company"):
            ids |= set(value) if isinstance(value, list) else {value}
    return query.names_of_contacts(actor, {pk for pk in ids if isinstance(pk, int)})
