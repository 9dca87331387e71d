"""Let django-filter read the parameters of a list into a query of the domain.

A filter set declares names, types and help texts; each of its filters adds a condition to the query
that is handed along in place of a queryset.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import django_filters
from django import forms

from api.redmineup import grammar
from api.redmineup.mapping.rules import Rule, of_custom_field
from contacts.access import Actor, readable_custom_fields
from contacts.errors import UnknownFieldError
from contacts.query import Condition, Query, SortKey, all_of, sorted_by

# Parameters that are no filters, so nobody has to be told that they were not understood.
PLAIN = frozenset(
    {
        *("key", "limit", "offset", "page", "per_page", "project_id", "search", "sort"),
        *("include", "xml_style", "format", "c", "columns", "group_by", "resource"),
        *("commit", "utf8", "_charset_", "_method", "nometa"),
    }
)
CONTROL = PLAIN | {"set_filter", "query_id", "f", "op", "v", "fields", "operators", "values"}
MAX_SORT = 3
# Those who share a last name follow by first name, unless the request says what they follow by.
FOLLOWED = {"last_name": "last_name"}
MAX_NAMED = 20
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True)
class Asked:
    """A query that grows with every filter; django-filter takes it for a queryset."""

    actor: Actor
    query: Query = field(default_factory=Query)
    model: None = None

    def all(self) -> "Asked":
        """Return itself: there is nothing to copy."""
        return self

    def with_condition(self, condition: Condition | None) -> "Asked":
        """Return the query narrowed by one more condition."""
        query = replace(self.query, condition=all_of(self.query.condition, condition))
        return replace(self, query=query)


class ClauseFilter(django_filters.Filter):
    """A filter in the dialect's grammar: operator and values by the rule's type."""

    field_class = forms.Field

    def __init__(self, rule: Rule) -> None:
        """Take the names and the help text from the rule."""
        super().__init__(label=rule.about, help_text=rule.about)
        self.rule = rule

    def __deepcopy__(self, _memo: object) -> "ClauseFilter":
        """Return a new filter of the same rule: django-filter copies all for every request."""
        return type(self)(self.rule)

    def filter(self, asked: Asked, clause: grammar.Clause | None) -> Asked:
        """Add the clause's condition."""
        if clause is None:
            return asked
        return asked.with_condition(self.rule.condition(asked.actor, clause))


class ClauseFilterSet(django_filters.FilterSet):
    """The filters of one list; ``kind`` names the records whose custom fields are filters too."""

    kind = "contact"

    def __init__(self, params: Mapping[str, Any], asked: Asked) -> None:
        """Read the clauses: the long form alone where it is used, else the short ones."""
        self.filters = dict(self.base_filters)
        self.actor = asked.actor
        custom = self._custom_filters(params)
        clauses, self.ignored = self._clauses(params, {**self.base_filters, **custom})
        super().__init__(clauses, queryset=asked)
        for name, added in custom.items():
            added.field_name = name
            self.filters[name] = added

    def filter_queryset(self, asked: Asked) -> Asked:
        """Return the query with the conditions of all filters."""
        for name, value in self.form.cleaned_data.items():
            asked = self.filters[name].filter(asked, value)
        return asked

    def _custom_filters(self, params: Mapping[str, Any]) -> dict[str, ClauseFilter]:
        """Return the filters ``cf_N``, made only for a request that names one."""
        named = [*params, *(clause.name for clause in grammar.parse_long(params) or ())]
        if not any(name.startswith("cf_") for name in named):
            return {}
        return {
            f"cf_{each.custom_id}": ClauseFilter(of_custom_field(each))
            for each in readable_custom_fields(self.actor, self.kind)
            if each.is_filterable
        }

    def _clauses(
        self, params: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, grammar.Clause | None], tuple[str, ...]]:
        clauses = grammar.parse_long(params)
        if clauses is not None:
            strange = [clause.name for clause in clauses if clause.name not in known]
            return {clause.name: clause for clause in clauses}, printable(strange)
        short = {
            name: grammar.parse(name, params[name], known[name].rule.operators)
            for name in params
            if name in known
        }
        strange = [name for name in params if name not in known and name not in CONTROL]
        return short, printable(strange)


def printable(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the names that can stand in a header, not too many."""
    return tuple(name for name in names if _NAME.fullmatch(name))[:MAX_NAMED]


def sort_keys(
    actor: Actor, asked: object, columns: Mapping[str, str], *, kind: str = "contact"
) -> tuple[SortKey, ...]:
    """Return the order of ``sort=last_name:desc,id``; unknown columns are left out."""
    keys: list[SortKey] = []
    parts = str(asked or "").split(",")[:MAX_SORT]
    for place, part in enumerate(parts, start=1):
        name, _, direction = part.strip().partition(":")
        key = columns.get(name) or (f"custom_{name[3:]}" if name.startswith("cf_") else "")
        if place < len(parts):
            key = FOLLOWED.get(name, key)
        try:
            found = sorted_by(actor, key, kind=kind, descending=direction.strip() == "desc")
        except UnknownFieldError:
            continue
        keys.append(found)
    return tuple(keys)
