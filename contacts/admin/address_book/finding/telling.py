"""Conditions in words, as they stand above a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.admin.address_book.finding.meanings import asked_by
from contacts.admin.address_book.words import NAMES, language_name, plain_words
from contacts.fields import Field, reference
from contacts.query import And, Compare, Condition, Not, Or, Related

TABLES = {"tags": reference.tags, "projects": reference.projects}


def words_of(condition: Condition) -> str:
    """Return a condition as one line of text."""
    asked = asked_by(condition)
    if asked is not None:
        field, question, values = asked
        text = values_in_words(field, values)
        return f"{field.label} {question.label}" + (f" {text}" if text else "")
    if isinstance(condition, Not):
        return _("not (%s)") % words_of(condition.part)
    if isinstance(condition, Compare):
        comparison = condition.comparison
        value = comparison.value
        values = value if isinstance(value, tuple) else (value,)
        text = values_in_words(condition.field, values)
        return f"{condition.field.label} {comparison.operator} {text}"
    if isinstance(condition, Related):
        return f"{condition.field.label}: {words_of(condition.condition)}"
    return _joined(condition)


def _joined(condition: And | Or) -> str:
    parts = [
        f"({words_of(part)})" if isinstance(part, And | Or) and len(part.parts) > 1 else ""
        for part in condition.parts
    ]
    texts = [text or words_of(part) for text, part in zip(parts, condition.parts, strict=True)]
    joint = _("%(first)s and %(second)s")
    if isinstance(condition, Or):
        joint = _("%(first)s or %(second)s")
    whole = texts[0] if texts else _("nothing")
    for text in texts[1:]:
        whole = joint % {"first": whole, "second": text}
    return whole


def values_in_words(field: Field, values: Sequence[object]) -> str:
    """Return values of a comparison as text."""
    return ", ".join(value_in_words(field, value) for value in values)


def value_in_words(field: Field, value: Any) -> str:  # noqa: ANN401  # any value of a comparison
    """Return one value of a comparison: names for ids, quotes around text."""
    table = TABLES.get(field.key)
    if table is not None:
        return (table().name_of(value) if isinstance(value, int) else str(value)) or f"#{value}"
    if f"{field.key}_id" in NAMES:
        return NAMES[f"{field.key}_id"]().name_of(value) or f"#{value}"
    if field.key == "preferred_language":
        return language_name(str(value))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATE_FORMAT")
    if isinstance(value, str) and field.choice_of(value) is None:
        return value if field.type.name in ("date", "datetime", "decimal") else f"“{value}”"
    return plain_words(field, value)
