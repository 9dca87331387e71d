"""The modules of work as what references point to."""

from api.vtiger.mapping.field import Document
from api.vtiger.mapping.references import Target
from contacts.fields import reference

DEAL, TICKET, ACTIVITY, NOTE = "deal", "ticket", "activity", "note"
TASK = "task"


def is_task(document: Document) -> bool:
    """Tell whether an activity is a task."""
    kind = reference.options().by_id.get(document.get("type_id") or 0)
    return kind is not None and kind.name == TASK


def is_event(document: Document) -> bool:
    """Tell whether an activity is anything but a task."""
    return not is_task(document)


POTENTIAL = Target("Potentials", 13, DEAL)
HELP_DESK = Target("HelpDesk", 17, TICKET)
CALENDAR = Target("Calendar", 9, ACTIVITY, is_task)
EVENT = Target("Events", 18, ACTIVITY, is_event)
COMMENT = Target("ModComments", 30, NOTE)
