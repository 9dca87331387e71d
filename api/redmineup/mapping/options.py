"""Write the lists that order tickets: trackers, statuses, priorities.

Their ids on the wire are the small numbers within each list, as in the original.
"""

from typing import TYPE_CHECKING

from api.redmineup.mapping.shapes import Items, Marked, Wire, reference
from contacts.fields import reference as tables

if TYPE_CHECKING:
    from contacts.models import Option

TRACKER, STATUS, PRIORITY = "ticket_tracker", "ticket_status", "ticket_priority"


def references(list_name: str) -> list[Marked]:
    """Return the options of a list as references, in order."""
    return [reference(each.number, each.label) for each in _active(list_name)]


def written(option_id: object) -> Marked | None:
    """Return a reference to an option, None for an unknown one."""
    found = tables.options().by_id.get(option_id) if isinstance(option_id, int) else None
    return reference(found.number, found.label) if found else None


def written_status(option_id: object) -> Marked | None:
    """Return a reference to a status of tickets that says whether it ends them."""
    found = tables.options().by_id.get(option_id) if isinstance(option_id, int) else None
    if found is None:
        return None
    return Marked({"id": found.number, "name": found.label, "is_closed": is_closed(found)})


def option_id(list_name: str, number: object) -> object:
    """Return the id behind a number on the wire; what names no option comes back unusable.

    The domain refuses that, together with every other fault of the request.
    """
    if number in (None, ""):
        return None
    text = str(number).strip()
    known = (each.pk for each in tables.options().of(list_name) if str(each.number) == text)
    return next(known, 0)


def closing_ids(*, closed: bool) -> list[int]:
    """Return the ids of the statuses that end a ticket, or of those that do not."""
    return [each.pk for each in tables.options().of(STATUS) if is_closed(each) is closed]


def is_closed(status: "Option") -> bool:
    """Tell whether a status ends a ticket."""
    return bool(status.traits.get("is_closed"))


def trackers() -> Items:
    """Return all trackers."""
    status = tables.options().default_of(STATUS)
    first = {"default_status": reference(status.number, status.label)} if status else {}
    written_ones: list[Wire] = [
        {"id": each.number, "name": each.label, **first, "description": None}
        for each in _active(TRACKER)
    ]
    return Items("tracker", written_ones)


def statuses() -> Items:
    """Return all statuses of tickets."""
    return Items(
        "issue_status",
        [
            {"id": each.number, "name": each.label, "is_closed": is_closed(each)}
            for each in _active(STATUS)
        ],
    )


def priorities() -> Items:
    """Return all priorities of tickets."""
    return Items(
        "issue_priority",
        [
            {
                "id": each.number,
                "name": each.label,
                "is_default": each.is_default,
                "active": each.is_active,
            }
            for each in tables.options().of(PRIORITY)
        ],
    )


def _active(list_name: str) -> list["Option"]:
    return [each for each in tables.options().of(list_name) if each.is_active]
