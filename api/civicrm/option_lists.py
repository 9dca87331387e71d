"""Lists of options as this protocol numbers and names them.

The options of custom fields are lists here too: their numbers are far above those of the others.
"""

import re

from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.fields.text import fold

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


def machine_name(name: str, label: str) -> str:
    """Return the machine name as the original writes it: that of "Home" is "Home"."""
    plain = fold(label).replace(" ", "_").replace("-", "_").rstrip(".")
    return label if plain == name else name


def cased_name(name: str, title: str) -> str:
    """Return a machine name that follows from a title with the letters of the title.

    The domain makes such names in small letters; the original keeps capitals. A name that was
    given with capitals has kept them.
    """
    if name != name.lower():
        return name
    titled = re.sub("_+", "_", plain_name(title))
    return titled if fold(titled) == fold(name) else name


def field_name(slug: str, label: str) -> str:
    """Return the name that a custom field has within its group, as the original writes it.

    The domain's names are one of a kind among all fields; those that two groups give are counted
    there, by themselves (``color_2``) or where they were given (``color__2``).
    """
    given = re.fullmatch(r"(.+?)__[0-9]+", slug)
    if given is not None:
        return cased_name(given[1], label)
    counted = re.fullmatch(r"(.+)_[0-9]+", slug)
    titled = re.sub("_+", "_", plain_name(label))
    if counted is not None and fold(titled) == counted[1]:
        return cased_name(counted[1], label)
    return cased_name(slug, label)


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
