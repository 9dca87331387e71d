"""Titles between fields: groups of custom fields, under numbers that no field has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.wildapricot.mapping.descriptions import access_word
from api.wildapricot.mapping.fields import CUSTOM_FROM, WireField
from contacts.fields import catalogue

Wire = dict[str, object]

# Far beyond the numbers of fields, which are given one by one.
DIVIDERS_FROM = 1_000_000_000


def group_of(number: int) -> int | None:
    """Return the id of the group that a divider stands for, or None for a field's number."""
    return number - DIVIDERS_FROM if number > DIVIDERS_FROM else None


def divider(group: Mapping[str, Any], *, order: int, version: str, account_url: str) -> Wire:
    """Return the description of a divider."""
    number = DIVIDERS_FROM + int(group["id"])
    return {
        "Url": f"{account_url}/ContactFields/{number}",
        "Id": number,
        "Access": access_word("Public", version),
        "MemberOnly": False,
        "IsBuiltIn": False,
        "SupportSearch": False,
        "IsEditable": False,
        "AdminOnly": False,
        "FieldType": "SectionDivider",
        "FieldName": group["title"],
        "Type": "SectionDivider",
        "AllowedValues": [],
        "IsSystem": False,
        "FieldInstructions": "",
        "Description": "",
        "Order": order,
        "SystemCode": f"custom-{number}",
        "IsRequired": False,
    }


def placed(
    fields: Iterable[WireField], groups: Sequence[dict[str, object]]
) -> Iterator[WireField | dict[str, object]]:
    """Yield the fields in their order, each divider before the first field that it titles.

    Dividers without any field stand behind all custom fields.
    """
    waiting = {str(group["title"]): group for group in groups}
    is_behind = False
    for field in fields:
        group = waiting.pop(_title_above(field), None)
        if group is not None:
            yield group
        if not is_behind and field.member_only and field.id < CUSTOM_FROM:
            is_behind = True
            yield from waiting.values()
            waiting = {}
        yield field


def _title_above(field: WireField) -> str:
    known = catalogue("contact").by_custom_id.get(field.id - CUSTOM_FROM)
    return known.group if known else ""
