"""Write the documents of a page as records."""

from collections.abc import Sequence

from api.base.blank_forms import BlankForm
from api.vtiger.mapping.field import Document, Wire, WireField
from api.vtiger.mapping.looking import PageLook


def write_all(
    look: PageLook, fields: Sequence[WireField], documents: Sequence[Document]
) -> list[Wire]:
    """Return the documents as records of these fields."""
    if not documents:
        # To ask each field how it writes costs as much as some records.
        return []
    names = [field.name for field in fields]
    form = BlankForm([field.writer(look) for field in fields])
    return [dict(zip(names, form.filled(document), strict=True)) for document in documents]
