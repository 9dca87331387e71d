"""What the template of the filter form shows: which fields there are, and how values are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts import query
from contacts.access import Actor, people_of, readable_fields
from contacts.admin.address_book.finding.editor import Editor, Row, is_about_contacts
from contacts.admin.address_book.finding.meanings import questions_of
from contacts.admin.catalogue_forms import projects_of, user_groups_of
from contacts.admin.choosing import SEPARATOR, written
from contacts.fields import Field, reference

Options = Sequence[tuple[str, str]]
Text = str | Promise

# Which fields stand together when one is chosen; what is in none of these comes last.
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        _("Name"),
        (
            "display_name",
            "first_name",
            "middle_name",
            "last_name",
            "prefix",
            "suffix",
            "formal_title",
            "nickname",
            "organization_name",
            "legal_name",
            "household_name",
            "kind",
        ),
    ),
    (
        _("How to reach"),
        (
            "emails",
            "phones",
            "phone_type",
            "websites",
            "messengers",
            "full_address",
            "street1",
            "street2",
            "city",
            "region",
            "postcode",
            "country",
            "email_on_hold",
        ),
    ),
    (
        _("Belongs to"),
        ("tags", "owner", "owner_group", "projects", "visibility", "stage", "has_deals"),
    ),
    (_("Work"), ("company", "employer", "companies", "job_title", "department", "reports_to")),
    (_("Organization"), ("domain", "industry", "parent", "employee_count", "annual_revenue")),
    (
        _("Personal"),
        ("birthday", "gender", "preferred_language", "is_deceased", "deceased_on", "background"),
    ),
    (
        _("When and by whom"),
        ("created_at", "updated_at", "last_note_at", "author", "editor", "owner_assigned_at"),
    ),
    (
        _("Where it comes from"),
        ("lead_source", "source", "entry_channel", "external_identifier", "id"),
    ),
)
# Says the same as another field, or nothing to people.
UNTOLD = frozenset({"sort_name", "archived_at", "avatar", "addresses", "preferred_channels"})
INPUTS = {"integer": "number", "decimal": "number", "date": "date", "datetime": "date"}


@dataclass(frozen=True, slots=True)
class Choices:
    """A titled set of fields to choose from."""

    title: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Control:
    """One row of the form, ready for the template."""

    name: str
    row: Row
    questions: Options
    kind: str = ""
    options: Options = ()
    value: str = ""
    second: str = ""

    @property
    def several(self) -> frozenset[str]:
        """Return which of the options are ticked."""
        return frozenset(self.row.values)


def fields_to_choose(actor: Actor) -> list[Choices]:
    """Return everything that contacts can be filtered by, under titles."""
    known = {
        field.key: field
        for field in readable_fields(actor)
        if field.is_filterable and field.key not in UNTOLD
    }
    found = []
    for title, keys in GROUPS:
        found.append(Choices(str(title), [known.pop(key) for key in keys if key in known]))
    custom = [field for field in known.values() if field.is_custom]
    rest = [field for field in known.values() if not field.is_custom]
    found += [Choices(gettext("Custom fields"), custom), Choices(gettext("More fields"), rest)]
    return [choices for choices in found if choices.fields]


def controls_of(actor: Actor, editor: Editor) -> list[tuple[str, str, list[Control]]]:
    """Return the groups of the form: the name, what has to match, the rows."""
    names = _names(actor, editor)
    return [
        (
            f"g{place}",
            group.match,
            [_control(actor, f"g{place}-r{at}", row, names) for at, row in enumerate(group.rows)],
        )
        for place, group in enumerate(editor.groups)
    ]


def _control(actor: Actor, name: str, row: Row, names: Mapping[int, str]) -> Control:
    if row.field is None:
        return Control(name, row, ())
    questions = [(each.name, str(each.label)) for each in questions_of(row.field)]
    if row.question is None or row.question.takes == "none":
        return Control(name, row, questions)
    kind, options = _way_of_giving(actor, row.field)
    values = [*row.values, "", ""]
    value = values[0]
    if kind == "contacts":
        value = f"{SEPARATOR} ".join(_written(text, names) for text in row.values)
    elif kind == "tags":
        tags = reference.tags()
        value = ", ".join(_tag_name(tags, text) for text in row.values)
    return Control(name, row, questions, kind, options, value, values[1])


def _way_of_giving(actor: Actor, field: Field) -> tuple[str, Options]:
    if is_about_contacts(field):
        return "contacts", ()
    if field.key == "tags":
        return "tags", ()
    options = _options(actor, field)
    return ("several", options) if options else (INPUTS.get(field.type.name, "text"), ())


def _options(actor: Actor, field: Field) -> list[tuple[str, str]]:
    if field.type.name == "user":
        return _as_text((user.id, user.name) for user in people_of(actor))
    if field.type.name == "user_group":
        return _as_text(user_groups_of(actor))
    if field.key == "projects":
        return _as_text(projects_of(actor))
    return _as_text((choice.value, choice.label) for choice in field.choices)


def _as_text(options: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # pairs of several sources
    return [(str(value), str(label)) for value, label in options]


def _names(actor: Actor, editor: Editor) -> dict[int, str]:
    """Return the names of the contacts that the rows name by their ids."""
    rows = [row for group in editor.groups for row in group.rows]
    texts = [
        text for row in rows if row.field and is_about_contacts(row.field) for text in row.values
    ]
    return query.names_of_contacts(actor, {int(text) for text in texts if text.isdecimal()})


def _written(text: str, names: Mapping[int, str]) -> str:
    if not text.isdecimal():
        return text
    return written({"id": text, "name": names.get(int(text), "")})


def _tag_name(tags: reference.NamedTable, text: str) -> str:
    return (tags.name_of(int(text)) if text.isdecimal() else "") or text
