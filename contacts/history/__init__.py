"""Who changed what, when, through which credential: writing and reading the trail."""

from contacts.history.announcing import number_told
from contacts.history.silencing import silence
from contacts.history.trail import (
    changes_about,
    changes_of,
    difference,
    earlier,
    is_changed_by_others,
    last_entry,
    last_number,
    latest,
    record,
    record_many,
    version_at,
    version_of,
)

__all__ = [
    "changes_about",
    "changes_of",
    "difference",
    "earlier",
    "is_changed_by_others",
    "last_entry",
    "last_number",
    "latest",
    "number_told",
    "record",
    "record_many",
    "silence",
    "version_at",
    "version_of",
]
