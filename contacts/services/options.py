"""Edit the option lists: phone types, lead sources, statuses of tickets and the like.

Numbers and machine names of options are stable: given once, never changed or used again.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import ManyToOneRel, Max

from contacts.access import Actor
from contacts.access.visible_setup import visible_options
from contacts.errors import ConflictError, Fault
from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import Change, Option
from contacts.services.records import Document, locked
from contacts.services.setup import (
    delete_setup,
    keep_one_default,
    store_change,
    store_new,
    taken_faults,
)
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "option"
# Columns of few lists, kept together.
TRAITS = ("is_closed", "card_name", "given_name", "code")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def create_option(actor: Actor, values: Values) -> Document:
    """Add an option to a list that exists; raises ForbiddenError, InvalidError."""
    actor.require_administrator()
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        list_name = str(cleaned.get("list_name") or "")
        if list_name and not _is_list(list_name):
            faults.append(Fault("list_name", "unknown", {"value": list_name}))
        if cleaned.get("number") is None:
            cleaned["number"] = _next_number(list_name)
        row = Option(list_name=list_name, number=int(str(cleaned["number"])))
        if not cleaned.get("name"):
            cleaned["name"] = _free_name(list_name, str(cleaned.get("label") or ""), row.number)
        cleaned.setdefault("position", row.number)
        require_no_faults(faults + _faults(row, cleaned))
        _assign_traits(row, cleaned)
        keep_one_default(row, cleaned, scope={"list_name": list_name})
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def add_unlisted_option(actor: Actor, list_name: str, label: str) -> int:
    """Add an option that is shown where it is used and offered nowhere; returns its id."""
    actor.require_write()
    with transaction.atomic():
        number = _next_number(list_name)
        name = _free_name(list_name, label, number)
        row = Option(list_name=list_name, number=number)
        values = {"name": name, "label": label, "position": number, "is_active": False}
        store_new(actor, row, KIND, values)
        reference.bump("catalogue")
        return row.pk


def ensure_option(actor: Actor, list_name: str, label: str) -> int:
    """Return the id of the option of this name, made where there is none.

    For lists that grow while people write, as tags do. Raises ForbiddenError for who may not write.
    """
    actor.require_write()
    found = reference.options().find(list_name, label)
    if found is not None:
        return found.pk
    # Like a new tag: whoever may write may name what is not in the list yet.
    maker = replace(actor, is_administrator=True)
    return int(str(create_option(maker, {"list_name": list_name, "label": label})["id"]))


def update_option(actor: Actor, option_id: int, values: Values) -> Document:
    """Change how an option is called and shown; its list and machine name stay.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, option_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        faults += [
            Fault(key, "read_only")
            for key in ("list_name", "name", "number")
            if cleaned.get(key, getattr(row, key)) != getattr(row, key)
        ]
        require_no_faults(faults + _faults(row, cleaned))
        _assign_traits(row, cleaned)
        keep_one_default(row, cleaned, scope={"list_name": row.list_name})
        document = store_change(actor, row, KIND, cleaned)
        reference.bump("catalogue")
        return document


def delete_option(actor: Actor, option_id: int) -> None:
    """Delete an option that no record has.

    Raises ConflictError: "in_use" (switch it off instead), "default" for the list's default;
    NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, option_id)
        if row.is_default:
            raise ConflictError("default")
        if is_used(row):
            raise ConflictError("in_use")
        delete_setup(actor, row, KIND)
        reference.bump("catalogue")


def is_used(option: Option) -> bool:
    """Tell whether any record has an option."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: option}).exists()
        for relation in Option._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)
    )


def _locked(actor: Actor, option_id: int) -> Option:
    actor.require_administrator()
    return locked(visible_options(actor), KIND, option_id)


def _is_list(list_name: str) -> bool:
    """Tell whether there is such a list: one that was set up, or one that has options."""
    lists, options = reference.option_lists(), reference.options()
    return lists.id_of(list_name) is not None or bool(options.of(list_name))


def _next_number(list_name: str) -> int:
    """Return the number after the highest that the list has or ever had."""
    highest = Option.objects.filter(list_name=list_name).aggregate(most=Max("number"))["most"] or 0
    gone = Change.objects.filter(record_kind=KIND, action="deleted", before__list_name=list_name)
    numbers = [int(change.before.get("number", 0)) for change in gone]
    return max([int(highest), *numbers]) + 1


def _free_name(list_name: str, label: str, number: int) -> str:
    name = _NOT_WORDS.sub("_", fold(label)).strip("_")[:90]
    taken = {option.name for option in reference.options().of(list_name)}
    return name if name and name not in taken else f"{name or 'option'}_{number}"


def _faults(row: Option, cleaned: Values) -> list[Fault]:
    scope = {"list_name": row.list_name}
    return [
        *taken_faults(row, "label", cleaned, scope=scope),
        *taken_faults(row, "name", cleaned, scope=scope),
        *_number_faults(row, cleaned),
    ]


def _number_faults(row: Option, cleaned: Values) -> list[Fault]:
    """Return a fault for a number that another option of the list has or had."""
    number = cleaned.get("number")
    if row.pk or not isinstance(number, int):
        return []
    there = Option.objects.filter(list_name=row.list_name, number=number)
    gone = Change.objects.filter(
        record_kind=KIND,
        action="deleted",
        before__list_name=row.list_name,
        before__number=number,
    )
    if there.exists() or gone.exists():
        return [Fault("number", "taken", {"value": number})]
    return []


def _assign_traits(row: Option, cleaned: dict[str, object]) -> None:
    for name in TRAITS:
        if name in cleaned:
            others = {key: value for key, value in row.traits.items() if key != name}
            value = cleaned.pop(name)
            row.traits = {**others, name: value} if value else others
