"""Declare a built-in field whose values are in a column of its record's own row."""

from typing import TYPE_CHECKING, Any

from contacts.fields import types
from contacts.fields.field import Field
from contacts.fields.storage import Column, FoldedColumn

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def declare(
    kind: str,
    key: str,
    field_type: types.FieldType,
    label: "StrOrPromise",
    **more: Any,  # the keywords of Field
) -> Field:
    """Return the field; `column` is its key unless said otherwise.

    Text is compared whatever its case and accents; these tables are small enough to fold it then.
    """
    storage = more.pop("storage", None)
    if storage is None:
        name = more.get("column") or key
        is_text = isinstance(field_type, types.TextType)
        storage = FoldedColumn(name) if is_text else Column(name)
    return Field(key, kind, field_type, label, storage, **more)
