"""The values of one custom field as a table to save, before it is deleted or changed."""

import csv
from collections.abc import Iterator
from typing import cast

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from contacts import query
from contacts.access import Actor
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.fields.spreadsheets import as_cell
from contacts.models import CustomField
from contacts.models.custom_fields import TypedValue
from contacts.services.custom_conversion import labels_of, text_of

READ_AT_ONCE = 500


class _Line:
    """What `csv` writes to: the line is handed on, not kept."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def values_table(actor: Actor, field: CustomField) -> StreamingHttpResponse:
    """Answer a table of record, name and value; it is written while it is sent."""
    response = StreamingHttpResponse(_lines(actor, field), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{field.slug}.csv"'
    return response


def _lines(actor: Actor, field: CustomField) -> Iterator[str]:
    line = csv.writer(_Line())
    # Spreadsheets take a file without this mark for another encoding.
    yield "\ufeff" + str(line.writerow([_("Number"), _("Name"), as_cell(field.label)]))
    for batch in _batches(field):
        contacts = [pk for pk, _text in batch] if field.object_kind == "contact" else []
        names = query.names_of_contacts(actor, contacts) if contacts else {}
        for pk, text in batch:
            yield str(line.writerow([pk, as_cell(names.get(pk, "")), as_cell(text)]))


def _batches(field: CustomField) -> Iterator[list[tuple[int, str]]]:
    storage, labels = CUSTOM_ROWS[field.object_kind], labels_of(field)
    rows, last = storage.model._default_manager.filter(field_id=field.pk).order_by("pk"), 0
    while found := list(rows.filter(pk__gt=last)[:READ_AT_ONCE]):
        batch = cast("list[TypedValue]", found)
        yield [(getattr(row, f"{storage.owner}_id"), text_of(row, labels)) for row in batch]
        last = found[-1].pk
