"""What the list of contacts can be filtered and ordered by."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import Actor, people_of, readable_custom_fields
from contacts.admin.doors import names_of_doors
from contacts.admin.filters import (
    ANY,
    NONE,
    Filter,
    equal_to,
    filled,
    filters_of_custom_field,
    has_one,
    since,
    yes_or_no,
)
from contacts.errors import UnknownFieldError
from contacts.fields import reference
from contacts.models import Contact, Membership
from contacts.query import SortKey, sorted_by

# What a column of the list is ordered by; the first is the usual order.
SORTS = {
    "name": "sort_name",
    "company": "company",
    "owner": "owner",
    "changed": "updated_at",
    "created": "created_at",
}
SORT_NAMES = {key: name for name, key in SORTS.items()}
SORT_LABELS = {
    "name": gettext_lazy("Name"),
    "-name": gettext_lazy("Name, from the end"),
    "company": gettext_lazy("Company"),
    "-changed": gettext_lazy("Last changed first"),
    "-created": gettext_lazy("Newest first"),
    "created": gettext_lazy("Oldest first"),
}


def filters_of_contacts(actor: Actor) -> list[Filter]:
    """Return the filters that an actor has for contacts."""
    return [
        Filter("kind", _("Kind"), equal_to("kind"), Contact.Kind.choices),
        Filter("stage", _("Stage"), equal_to("stage"), Contact.Stage.choices),
        _of_tags(),
        Filter("group", _("Group"), has_one("groups"), _named(reference.groups())),
        Filter("project", _("Project"), has_one("projects"), projects_of(actor)),
        Filter("owner", _("Owner"), equal_to("owner"), _owners(actor)),
        Filter("lead_source", _("How we met"), equal_to("lead_source"), _options("lead_source")),
        Filter("through", _("Came through"), equal_to("entry_channel"), names_of_doors()),
        Filter("member", _("Member"), equal_to("is_member"), yes_or_no()),
        Filter(
            "level",
            _("Membership level"),
            equal_to("membership_level"),
            _listed(reference.membership_levels()),
        ),
        Filter(
            "membership",
            _("Membership status"),
            equal_to("membership_status"),
            Membership.Status.choices,
        ),
        Filter("has_email", _("Has an e-mail"), filled("emails"), yes_or_no()),
        Filter("has_phone", _("Has a phone"), filled("phones"), yes_or_no()),
        Filter("changed", _("Changed since"), since("updated_at"), control="date"),
        *(
            each
            for field in readable_custom_fields(actor)
            if field.is_filterable
            for each in filters_of_custom_field(field)
        ),
    ]


def _of_tags() -> Filter:
    """Return the filter for all, any or none of some tags."""
    others = {ANY: _("One of the tags"), NONE: _("Without the tag")}
    tags = _named(reference.tags())
    return Filter("tag", _("Tag"), has_one("tags"), tags, is_multiple=True, others=others)


def sort_of_contacts(actor: Actor, asked: str) -> tuple[str, tuple[SortKey, ...]]:
    """Return the order that an address asks for, by its name and as keys; else the usual one."""
    name, descending = asked.removeprefix("-"), asked.startswith("-")
    try:
        key = sorted_by(actor, SORTS.get(name, name), descending=descending)
    except UnknownFieldError:
        return "name", ()
    return ("-" if descending else "") + SORT_NAMES.get(name, name), (key,)


def projects_of(actor: Actor, right: str = "view_contacts") -> list[tuple[str, str]]:
    """Return the projects in which an actor holds a right, for choosing."""
    return [
        (str(each.id), each.name)
        for each in sorted(reference.projects().by_id.values(), key=lambda each: each.name)
        if actor.has(right, [each.id])
    ]


def _owners(actor: Actor) -> list[tuple[str, str]]:
    return [(str(user.id), user.name) for user in people_of(actor)]


def _named(table: reference.NamedTable) -> list[tuple[str, str]]:
    rows = (each for each in table.by_id.values() if each.is_active)
    return [(str(each.id), each.name) for each in sorted(rows, key=lambda row: row.name.lower())]


def _listed(table: reference.NamedTable) -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in table.by_id.values()]


def _options(list_name: str) -> list[tuple[str, str]]:
    return [(str(option.pk), option.label) for option in reference.options().of(list_name)]
