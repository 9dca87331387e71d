"""Who opens which page for people: the longest beginning of an address says it.

A noun without a row fails the tests. In the world of the tests the outsider manages a project of
their own, and so opens every list that a manager opens, and no record of the hidden project.
"""

from collections.abc import Mapping

ANYBODY, SIGNED_IN, READER, MEMBER, MANAGER, ADMINISTRATOR = range(6)

# What each kind of user reaches; in an address with an id, the outsider reaches nothing.
REACH: Mapping[str, int] = {
    "administrator": ADMINISTRATOR,
    "manager": MANAGER,
    "member": MEMBER,
    "reader": READER,
    "none": SIGNED_IN,
    "outsider": MANAGER,
    "nobody": ANYBODY,
}

_NOUN = "admin/contacts/"
_ID = "<int:record_id>/"
_CONTACT = f"{_NOUN}contact/<int:contact_id>/"
LEVELS: Mapping[str, int] = {
    **dict.fromkeys(
        ("docs/", "health/", "forms/", "^civicrm/api", "^(?:index", "admin/jsi18n/"), ANYBODY
    ),
    **dict.fromkeys(("admin/login/", "admin/logout/"), ANYBODY),
    **dict.fromkeys(
        (
            *("admin/", "admin/profile/", "admin/suggestions/", "admin/list-requests/"),
            *("admin/undo/", "admin/form-preview/", "explorer/", "admin/(?P<url>.*)$"),
            *(f"{_NOUN}{noun}/" for noun in ("contact", "credential", "job", "project", "webhook")),
        ),
        SIGNED_IN,
    ),
    "admin/files/": READER,
    "admin/form-trial/": MANAGER,
    # Contacts.
    _CONTACT: READER,
    f"{_CONTACT}change/": MEMBER,
    **dict.fromkeys((f"{_NOUN}contact/add/", f"{_NOUN}contact/import/"), MEMBER),
    **dict.fromkeys((f"{_CONTACT}erase/", f"{_CONTACT}everything/"), ADMINISTRATOR),
    **dict.fromkeys(
        (f"{_NOUN}{noun}/" for noun in ("bundle", "dealcategory", "duplicate", "group")), MEMBER
    ),
    f"{_NOUN}ticketcategory/": MEMBER,
    # What is done.
    **dict.fromkeys(
        (f"{_NOUN}{noun}/" for noun in ("activity", "deal", "folder", "product", "ticket")), READER
    ),
    **dict.fromkeys(
        (f"{_NOUN}{noun}/add/" for noun in ("activity", "deal", "folder", "product")), MEMBER
    ),
    **dict.fromkeys(
        (f"{_NOUN}{noun}/{_ID}change/" for noun in ("activity", "deal", "ticket")), MEMBER
    ),
    # Forms of the web, and the rest of what is set up.
    **dict.fromkeys((f"{_NOUN}submission/", f"{_NOUN}webform/"), MANAGER),
    f"{_NOUN}project/{_ID}": READER,
    **dict.fromkeys((f"{_NOUN}project/add/", f"{_NOUN}project/{_ID}change/"), ADMINISTRATOR),
    **dict.fromkeys(
        (
            f"{_NOUN}{noun}/"
            for noun in (
                *("currency", "customfield", "customfieldgroup", "dealstatus", "membershiplevel"),
                *("option", "optionlist", "pipeline", "relationshiptype", "requestlogentry"),
                *("role", "tag", "user", "usergroup"),
            )
        ),
        ADMINISTRATOR,
    ),
}


def level_of(address: str) -> int | None:
    """Return who opens an address, or None where nobody has said it."""
    rows = [
        row for row in LEVELS if address == row or (row != "admin/" and address.startswith(row))
    ]
    return LEVELS[max(rows, key=len)] if rows else None


def opens(kind: str, address: str) -> bool:
    """Tell whether the table lets a kind of user in."""
    level, has_id = level_of(address), "<int:" in address
    if kind == "outsider" and has_id:
        return level in (ANYBODY, SIGNED_IN)
    return REACH[kind] >= (ADMINISTRATOR if level is None else level)
