"""The parts of orders by columns of contacts, and by what stands in rows that they point to."""

from typing import Any

from django.db.models import Model, OuterRef, Q
from django.db.models.expressions import BaseExpression

from contacts.fields.field import Field, Records
from contacts.fields.parts import Group, Parts, Run, Those, grouped
from contacts.fields.storage.lookups import PerRow
from contacts.models import Contact, Option, User, UserGroup

# Columns with an index of their order. Few contacts share one of the others' values.
RUNS = frozenset(
    {
        *("owner_id", "author_id", "birthday", "deceased_on", "owner_assigned_at", "archived_at"),
        *("balance", "total_donated", "employee_count", "annual_revenue", "external_identifier"),
        *("employer_id", "parent_id", "reports_to_id", "avatar_id"),
    }
)
# Texts that have one too, the empty ones at its beginning.
TEXTS = frozenset({"entry_channel"})
# By type of a field: whom it points to, and who are few.
REFERENCES: dict[str, Any] = {"user": User, "user_group": UserGroup}
# Texts of which there may be as many as contacts.
MANY = frozenset({"parent"})


def column_parts(name: str, field: Field) -> Parts | None:
    """Return the parts of the order by a column of contacts; None for one without any."""
    if field.kind != "contact" or name == "pk" or "__" in name:
        return None
    without = _without(name)
    # The index of a reference has those without one.
    lacking = Those((without,)) if without is not None and name.endswith("_id") else None
    if name in RUNS:
        return Parts(without, (Run(name, Q(**{f"{name}__isnull": False})),), lacking=lacking)
    if name in TEXTS:
        return Parts(None, (Run(name, Q()),))
    if field.type.name == "boolean":
        return Parts(None, (Group(name, (False,)), Group(name, (True,))))
    values = ids_of(field)
    if values is None:
        return None
    groups = tuple(Group(name, (value,)) for value in values)
    return Parts(without, groups, lacking=lacking)


def ids_of(field: Field) -> list[Any] | None:
    """Return the values of a choice, or of a reference to users, in order; None of others.

    All that the database has: a contact with a value that no list has any more is in the order too.
    """
    if field.type.name in REFERENCES:
        return sorted(REFERENCES[field.type.name].objects.values_list("pk", flat=True))
    if field.list_name:
        return sorted(Option.objects.values_list("pk", flat=True))
    values: list[Any] = [choice.value for choice in field.choices]
    return sorted(values) or None


def _without(name: str) -> Q | None:
    is_nullable = Contact._meta.get_field(name.removesuffix("_id")).null
    return Q(**{f"{name}__isnull": True}) if is_nullable else None


def pointed_parts(path: str, text: BaseExpression, field: Field) -> Parts | None:
    """Return the parts of the order by a text of what a contact points to by `path`.

    Those that point to rows with the same text are a group. Of many rows only those that point to
    one are few.
    """
    if field.kind != "contact":
        return None
    without = Q(**{f"{path}_id__isnull": True})
    if path in MANY:
        return Parts(without, few=pointing(f"{path}_id"))
    related: Any = Contact._meta.get_field(path).related_model
    rows = related._default_manager.annotate(shown=text).order_by("shown")
    ids = grouped(rows.values_list("shown", "pk"))
    groups = tuple(Group(f"{path}_id", each) for each in ids)
    return Parts(without, groups, lacking=Those((without,)))


def pointing(name: str) -> Those:
    """Return the contacts that point to a record; the index leads to a range, not to NOT NULL."""
    return Those((Q(**{f"{name}__gt": 0}),))


def seen_parts(name: str, records: Records, field: Field, *, of_text: bool = False) -> Parts | None:
    """Return the parts of the order by a column of ids as far as they are those of the records."""
    if field.kind != "contact":
        return None
    is_seen = Q(PerRow(records.filter(pk=OuterRef(name))))
    if of_text:
        return Parts(~is_seen, few=pointing(name))
    return Parts(~is_seen, (Run(name, Q(**{f"{name}__gt": 0}) & is_seen),))


def child_groups(model: type[Model], owner: str, column: str) -> Parts | None:
    """Return the parts of the order by a text of what the first row of a contact points to."""
    path, _, text = column.partition("__")
    related: Any = model._meta.get_field(path).related_model
    first = model._default_manager.order_by()
    earlier = model._default_manager.filter(**{owner: OuterRef(owner)}, pk__lt=OuterRef("pk"))
    first = first.filter(~Q(PerRow(earlier)))
    places = related._default_manager.order_by(text).values_list(text, "pk")
    valued = first.filter(**{f"{path}__isnull": False, owner: OuterRef("pk")})
    groups = (Group(f"{path}_id", ids, first, f"{owner}_id") for ids in grouped(places))
    return Parts(~Q(PerRow(valued)), tuple(groups))
