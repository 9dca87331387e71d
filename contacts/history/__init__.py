"""Who changed what, when, through which credential: writing and reading the trail."""

from contacts.history.trail import changes_of, difference, record, record_many

__all__ = ["changes_of", "difference", "record", "record_many"]
