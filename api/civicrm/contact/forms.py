"""Records as a form of which only what a contact has is filled in.

Most fields of most contacts are empty; what they show then is the same for all of a list.
"""

from collections.abc import Sequence

from api.civicrm.calls import Record
from api.civicrm.mapping.fields import Document, WireField
from api.civicrm.mapping.formats import Format


class Form:
    """The fields of a list under the names that they are shown by."""

    def __init__(self, named: Sequence[tuple[str, WireField]]) -> None:
        """Write them as they are when empty, and sort them by where their values stand."""
        self.blank: Record = {name: field.format.written(None, field) for name, field in named}
        self.by_path: dict[str, list[tuple[str, WireField, bool]]] = {}
        # Of a name that stands twice the last counts, as in any record.
        for name, field in dict(named).items():
            is_plain = type(field.format).written is Format.written
            self.by_path.setdefault(field.path, []).append((name, field, is_plain))

    def filled(self, laid: Document) -> Record:
        """Return the record of a contact that is laid out flat."""
        record = self.blank.copy()
        for path in laid.keys() & self.by_path.keys():
            value = laid[path]
            for name, field, is_plain in self.by_path[path]:
                if is_plain and type(value) is str:
                    record[name] = value
                else:
                    record[name] = field.format.written(value, field)
        return record
