"""Forms made from the field catalogue: what it declares once, a form shows without being told."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.access import Actor, find_readable, readable_custom_fields
from contacts.access.people import people_of
from contacts.admin import inputs
from contacts.admin.choosing import ContactField
from contacts.admin.forms import DomainForm
from contacts.admin.naming import one_named
from contacts.fields import Choice, Field, reference
from contacts.fields.text import fold
from contacts.fields.types import read_moment

Document = Mapping[str, Any]
# A value of a document.
Json = Any
Made = Callable[[Actor, Field], forms.Field]


def catalogue_fields(
    actor: Actor,
    kind: str,
    keys: Sequence[str],
    options: Mapping[str, inputs.Options] | None = None,
) -> dict[str, forms.Field]:
    """Return a form's fields for the named keys and the custom fields, in order.

    `options` are the choices of fields whose lists are not the catalogue's own. What the actor may
    not read or set is left out.
    """
    found = [find_readable(actor, kind, key) for key in keys]
    described = [each for each in found if each is not None and each.is_writable]
    described += fields_in_forms(actor, kind)
    made = {}
    for field in described:
        chosen = (options or {}).get(field.key)
        if field.is_multiple and chosen is not None and not chosen:
            continue
        made[field.key] = made_for(actor, field, chosen)
        made[field.key].help_text = field.help_text or made[field.key].help_text
        if is_asked(field):
            inputs.asked(made[field.key])
        if field.traits.get("is_required_in_forms") and field.type.name != "boolean":
            # Everything else that is required the service refuses, whoever leaves it out.
            made[field.key].required = True
    return made


def fields_in_forms(actor: Actor, kind: str) -> list[Field]:
    """Return the custom fields that people fill in; what is required is always asked for."""
    return [
        field
        for field in readable_custom_fields(actor, kind)
        if field.is_writable and (is_asked(field) or field.traits.get("is_in_form", True))
    ]


def is_asked(field: Field) -> bool:
    """Tell whether people must fill in a field."""
    return field.is_required or field.traits.get("is_required_in_forms", False)


def made_for(actor: Actor, field: Field, options: inputs.Options | None = None) -> forms.Field:
    """Return the form field that suits the type of a catalogue field."""
    if options is not None:
        if field.is_multiple:
            return inputs.many_of(field.label, options)
        return inputs.one_of(field.label, options, blank=not is_asked(field))
    if field.traits.get("target") == "contact" or field.type.name in ("contact", "company"):
        return _of_contacts(actor, field)
    return MAKERS.get(field.type.name, _of_text)(actor, field)


def _of_text(actor: Actor, field: Field) -> forms.Field:
    made = inputs.color(field.label) if field.key == "color" else inputs.text(field.label)
    if field.max_length:
        made.widget.attrs["maxlength"] = field.max_length
    return made


def _of_choice(actor: Actor, field: Field) -> forms.Field:
    shown = [(choice.value, choice.label) for choice in offered(field)]
    if field.is_multiple:
        return inputs.many_of(field.label, shown)
    return inputs.one_of(field.label, shown, blank=field.type.name != "choice")


def offered(field: Field) -> list[Choice]:
    """Return the choices that may be chosen anew."""
    return [choice for choice in field.choices if choice.is_active]


def _of_truth(actor: Actor, field: Field) -> forms.Field:
    if field.is_custom:
        return inputs.one_of(field.label, [(True, _("yes")), (False, _("no"))])
    return inputs.yes_no(field.label)


def _of_contacts(actor: Actor, field: Field) -> forms.Field:
    hint = _("A name, or a name with its number such as “Ada Byron #7”.")
    if field.is_multiple:
        hint = _("Names, separated by “;”.")
    kind = "organization" if field.type.name == "company" else ""
    return ContactField(
        actor, several=field.is_multiple, kind=kind, label=str(field.label), help_text=hint
    )


def users_of(actor: Actor) -> list[tuple[object, inputs.Text]]:
    """Return the users whom an actor may choose."""
    return [(user.id, user.name) for user in people_of(actor)]


def user_groups_of(actor: Actor) -> list[tuple[object, inputs.Text]]:
    """Return the user groups that an actor is in, or all for administrators: others are hidden."""
    return [
        (group.id, group.name)
        for group in reference.user_groups().by_id.values()
        if actor.is_administrator or group.id in actor.group_ids
    ]


def projects_of(actor: Actor, right: str = "") -> list[tuple[object, inputs.Text]]:
    """Return the projects in which the actor holds a right, or which it is in."""
    held = actor.projects_with(right) if right else frozenset(actor.rights)
    projects = reference.projects().by_id.values()
    return [
        (project.id, project.name)
        for project in sorted(projects, key=lambda project: fold(project.name))
        if (actor.is_administrator or project.id in held) and project.is_active
    ]


MAKERS: dict[str, Made] = {
    "long_text": lambda actor, field: inputs.long_text(field.label),
    "integer": lambda actor, field: inputs.number(field.label),
    "decimal": lambda actor, field: inputs.number(field.label, is_whole=False),
    "date": lambda actor, field: inputs.day(field.label),
    "datetime": lambda actor, field: inputs.moment(field.label),
    "boolean": _of_truth,
    "option": _of_choice,
    "choice": _of_choice,
    "user": lambda actor, field: one_named(field.label, users_of(actor), "users"),
    "project": lambda actor, field: one_named(field.label, projects_of(actor), "projects"),
    "link": lambda actor, field: inputs.text(field.label, inputmode="url"),
}


def initial_of(document: Document, form: DomainForm, kind: str, actor: Actor) -> dict[str, Any]:
    """Return what a form shows at first, from the document of a record."""
    initial = {}
    for key in form.fields:
        field = find_readable(actor, kind, key)
        if field is not None:
            value = stored_value(document, field)
            initial[key] = _shown(field, value)
            inputs.offer_also(form.fields[key], value, _name_of(field, value))
    return initial


def _name_of(field: Field, value: Json) -> str:
    """Return what a stored choice is called, whether or not it may be chosen anew."""
    if field.type.name == "user" and isinstance(value, int):
        return reference.users().name_of(value) or f"#{value}"
    choice = field.choice_of(value) if isinstance(value, int | str) else None
    return str(choice.label) if choice else str(value)


def stored_value(document: Document, field: Field) -> Json:
    """Return the value of a field in a record's document: references stand there by their ids."""
    if field.is_custom:
        return document.get("custom", {}).get(str(field.custom_id))
    value = document.get(field.key)
    if value is None or (isinstance(value, dict) and f"{field.key}_id" in document):
        return document.get(f"{field.key}_id", value)
    return value


def _shown(field: Field, value: Json) -> Json:
    if field.type.name == "datetime" and isinstance(value, str):
        return timezone.localtime(read_moment(value)).strftime("%Y-%m-%dT%H:%M")
    if field.type.name in ("contact", "company") and isinstance(value, int):
        return {"id": value, "name": ""}
    return value
