"""Records of small tables as calls name them: by number, machine name or title."""

from api.civicrm.errors import bad_option, shown
from contacts.fields import reference
from contacts.fields.text import fold


def id_in(table: reference.NamedTable, value: object, name: str) -> int:
    """Return the id of a record; a number may be that of none. Raises CiviApiError."""
    text = shown(value).strip()
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    wanted = fold(text)
    for record in table.by_id.values():
        if wanted in (fold(record.name), fold(record.key)):
            return record.id
    raise bad_option(name, value)
