"""Lists of options as this protocol numbers and names them.

The options of custom fields are lists here too: their numbers are far above those of the others.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.fields.text import fold

if TYPE_CHECKING:
    from contacts.models import Option

# Ours: the original's.
NAMES = {
    "activity_medium": "encounter_medium",
    "activity_priority": "priority",
    "language": "languages",
    "messenger_service": "instant_messenger_service",
    "name_prefix": "individual_prefix",
    "name_suffix": "individual_suffix",
    "preferred_channel": "preferred_communication_method",
}
_OURS = {name: ours for ours, name in NAMES.items()}

CUSTOM_LISTS_FROM = 1_000_000
CUSTOM_OPTIONS_FROM = 1_000_000


def list_number(custom_field_id: int) -> int:
    """Return the number of the list of a custom field's options."""
    return CUSTOM_LISTS_FROM + custom_field_id


def find_list(value: object) -> str | None:
    """Return our name of the list that a number or a name of the original names, or None."""
    lists = reference.option_lists()
    text = str(value).strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        found = lists.by_id.get(int(text))
        return found.key if found else None
    # A list that was made here is called as its maker said, or as the domain took it.
    wanted, plain = fold(text), fold(plain_name(text))
    for each in lists.by_id.values():
        names = (fold(NAMES.get(each.key, each.key)), fold(each.key), fold(each.name))
        if wanted in names or plain == names[1]:
            return each.key
    return None


def machine_name(option: "Option") -> str:
    """Return the name of an option: as it was given, or as the original writes it.

    The domain's own name for a label is shown as the label: that of "Home" is "Home".
    """
    if option.traits.get("given_name"):
        return str(option.traits["given_name"])
    plain = fold(option.label).replace(" ", "_").replace("-", "_").rstrip(".")
    return option.label if plain == option.name else option.name


def named(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of an option with its name as it is given, and as the domain takes it."""
    given = dict(values)
    name = str(given.pop("name", None) or "")
    if name and name != given.get("label"):
        given["given_name"] = name
        if plain_name(name):
            given["name"] = plain_name(name)
    return given


def field_name(slug: str, label: str) -> str:
    """Return the name that a custom field has within its group.

    The domain's names are one of a kind among all fields; those that two groups give are counted
    there, by themselves (``color_2``) or where they were given (``color__2``).
    """
    given = re.fullmatch(r"(.+?)__[0-9]+", slug)
    if given is not None:
        return given[1]
    counted = re.fullmatch(r"(.+)_[0-9]+", slug)
    if counted is not None and fold(name_for(label)) == fold(counted[1]):
        return counted[1]
    return slug


def name_for(title: str) -> str:
    """Return the machine name that the original makes of a title: it keeps capitals."""
    return re.sub("_+", "_", plain_name(title)).lstrip("_0123456789")[:60]


def plain_name(name: str) -> str:
    """Return a machine name as the domain takes it: letters, digits and lines between them."""
    written = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in name)
    return written.strip("_")


def option_id(list_name: str, number: int) -> int:
    """Return the id of an option by its number; raises NotFoundError."""
    for option in reference.options().of(list_name):
        if option.number == number:
            return option.pk
    raise NotFoundError("option", number)


def value_of(option: "Option") -> str:
    """Return what stands for an option: its number, or the word of a list of somebody's own."""
    # Languages are known by the two letters before the country.
    if option.list_name == "language":
        return option.name.partition("_")[0]
    return str(option.traits.get("code") or option.number)
