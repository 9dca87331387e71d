"""The definitions of custom fields: the domain's types and the two words of the original.

The original says what a value is (``data_type``) and how people choose it (``html_type``); where
the domain's type does not tell both, `appearance` keeps the word that it does not tell.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.civicrm.calls import Params
from api.civicrm.contact.custom import TYPES
from api.civicrm.errors import bad_option
from api.civicrm.grammar.options import is_yes
from api.civicrm.option_lists import find_list, value_of
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Query, search

Definition = Mapping[str, Any]  # a document of the domain

MOST = 10_000

# What a value is: the domain's type.
DATA_TYPES = {
    "String": "text",
    "Int": "integer",
    "Float": "decimal",
    "Money": "decimal",
    "Memo": "long_text",
    "Date": "date",
    "Boolean": "boolean",
    "StateProvince": "text",
    "Country": "text",
    "File": "attachment",
    "Link": "link",
    "ContactReference": "contact",
    "EntityReference": "contact",
}
# Kept as they are, because the domain's type does not tell them from others.
LIKE_OTHERS = ("Money", "StateProvince", "Country")
CHOOSING = frozenset({"Select", "Radio", "CheckBox", "Multi-Select", "Autocomplete-Select"})
SEVERAL = frozenset({"CheckBox", "Multi-Select"})
OFFERED = frozenset({"String", "Int", "Float", "Money"})
# Where these are chosen among options, both words are kept.
NUMBERS = frozenset({"Int", "Float", "Money"})
LONGEST = 20


def definitions(actor: Actor) -> list[Definition]:
    """Return the definitions of all custom fields that an actor sees."""
    return list(search(actor, Query("custom_field", limit=MOST, total=False)).documents)


def fields_with_options(actor: Actor) -> list[dict[str, Any]]:
    """Return the definitions of the fields that have options of their own, or can have."""
    return [dict(each) for each in definitions(actor) if each.get("type") == "option"]


def type_of(params: Params, *, has_options: bool) -> tuple[str, bool]:
    """Return the domain's type of a new field, and whether it has several values."""
    data_type, html_type = _words(params)
    if data_type not in DATA_TYPES:
        raise bad_option("data_type", data_type)
    several = html_type in SEVERAL or is_yes(params.get("serialize"))
    if data_type in OFFERED and (has_options or html_type in CHOOSING):
        return "option", several
    if data_type == "Date" and params.get("time_format"):
        return "datetime", False
    return DATA_TYPES[data_type], several and data_type == "ContactReference"


def control_of(params: Params) -> str:
    """Return the word to keep beside the domain's type."""
    data_type, html_type = _words(params)
    both = f"{data_type} {html_type}"
    is_told = data_type in NUMBERS or (data_type in LIKE_OTHERS and html_type != "Select")
    if is_told and html_type in CHOOSING and len(both) <= LONGEST:
        return both
    return data_type if data_type in LIKE_OTHERS else html_type[:LONGEST]


def _words(params: Params) -> tuple[str, str]:
    data_type = str(params.get("data_type") or "String").strip()
    html_type = str(params.get("html_type") or "Text").strip()
    return data_type, html_type


def wire_types_of(definition: Definition) -> tuple[str, str]:
    """Return what the original calls the type of a field: what it is and how it is chosen."""
    data_type, html_type = TYPES.get(str(definition["type"]), ("String", "Text"))
    kept = str(definition.get("appearance") or "")
    kind, _blank, chosen = kept.partition(" ")
    if chosen in CHOOSING and (kind in NUMBERS or kind in LIKE_OTHERS):
        return kind, chosen
    if kept in LIKE_OTHERS:
        return kept, "Select" if kept != "Money" or definition["options"] else "Text"
    if definition["is_multiple"] and kept not in SEVERAL:
        return data_type, "Multi-Select"
    return data_type, kept if kept in HTML_TYPES else html_type


HTML_TYPES = CHOOSING | {
    *("Text", "TextArea", "RichTextEditor", "Select Date", "File", "Link", "Hidden", "Toggle"),
}


def options_of(params: Params) -> list[Mapping[str, object]] | None:
    """Return the options that a call gives for a field, or None where it gives none."""
    given = params.get("option_values")
    if isinstance(given, Mapping):
        return [_option(value, label) for value, label in given.items()]
    if isinstance(given, Sequence) and not isinstance(given, str):
        return [_option(place, item) for place, item in enumerate(given, start=1)]
    if params.get("option_label") and isinstance(params["option_label"], list):
        values = params.get("option_value") or params["option_label"]
        pairs = zip(values, params["option_label"], strict=False)
        return [_option(value, label) for value, label in pairs]
    return _of_list(params.get("option_group_id"))


def _option(value: object, item: object) -> dict[str, object]:
    if isinstance(item, Mapping):
        label = item.get("label") or item.get("name") or value
        # Version 4 calls what is stored of an option its id.
        stored = item.get("value", item.get("id", value))
        color = {"color": str(item["color"])} if item.get("color") else {}
        return {"label": str(label), "value": str(stored), **color}
    return {"label": str(item), "value": str(value)}


def _of_list(given: object) -> list[Mapping[str, object]] | None:
    """Return the options of a list that is named: the field gets options of its own like them."""
    if given in (None, ""):
        return None
    name = find_list(given)
    if name is None:
        raise bad_option("option_group_id", given)
    return [
        {"label": option.label, "value": value_of(option)}
        for option in reference.options().of(name)
    ]
