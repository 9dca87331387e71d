"""Declare a built-in field whose values are in a column of its record's own row."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

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


def stamps(kind: str) -> tuple[Field, ...]:
    """Return the fields that say which record it is, and who made it when."""
    moment, number = types.DateTimeType(), types.IntegerType()
    return (
        declare(kind, "id", number, _("Id"), storage=Column("pk"), is_writable=False),
        declare(kind, "created_at", moment, _("Created"), column="created_at", is_writable=False),
        declare(kind, "updated_at", moment, _("Updated"), column="updated_at", is_writable=False),
        declare(
            kind, "author", types.UserType(), _("Author"), column="author_id", is_writable=False
        ),
    )
