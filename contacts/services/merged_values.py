"""What a contact takes from another one that is merged into it.

Its own values win and its gaps are filled; of lists nothing is lost. Whoever merges may say of
single fields that the other contact's value shall win.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from contacts.fields import Field, catalogue
from contacts.fields.text import digits_of, fold
from contacts.index import Document
from contacts.services.channels import MAIN_TEXTS, MODELS, find_country
from contacts.services.earlier_values import whole_channel

Values = dict[str, object]

# Lists are joined; of these, what is in both is named once.
LISTS = ("tags", "projects")
SUMS = ("balance", "total_donated")
# Nobody is above itself.
ABOVE = ("parent", "reports_to")
# Handed over as rows, or what the contact that stays is and decides alone.
OWN = frozenset(
    {
        *("kind", "stage", "visibility", "author", "avatar", "followers", "groups"),
        *("membership_level", "membership_status", "member_since", "renewal_due", "bundle"),
        *("is_membership_enabled", "hides_profile", "member_role"),
    }
)


def merged_values(keep: Document, gone: Document, take: Collection[str] = ()) -> Values:
    """Return what changes in a contact when another one is merged into it.

    `take` names the fields whose value comes from the one that goes.
    """
    values = _singles(keep, gone, take)
    for key in MODELS:
        if gone.get(key):
            values[key] = _channels(key, keep, gone)
    for key in LISTS:
        both = list(dict.fromkeys([*_list(keep, key), *_list(gone, key)]))
        if both != _list(keep, key):
            values[key] = both
    for key in SUMS:
        if gone.get(key):
            values[key] = _decimal(keep.get(key)) + _decimal(gone.get(key))
    return values | _background(keep, gone, take) | _company(keep, gone, take)


def choosable_fields() -> list[Field]:
    """Return the fields of which one value stays; lists are joined, notes and the like move."""
    left_out = {*MODELS, *LISTS, *SUMS, *OWN, "background", "companies", "employer"}
    return [
        field for field in catalogue("contact") if field.is_writable and field.key not in left_out
    ]


def value_in(document: Mapping[str, object], field: Field) -> Any:  # noqa: ANN401  # any value of a document
    """Return the value of a field in a document, whichever way it stands there."""
    if field.is_custom:
        custom = document.get("custom")
        return custom.get(str(field.custom_id)) if isinstance(custom, dict) else None
    return document.get(field.key, document.get(f"{field.key}_id"))


def _singles(keep: Document, gone: Document, take: Collection[str]) -> Values:
    values = _above(keep, gone)
    for field in choosable_fields():
        value = value_in(gone, field)
        if value in (None, "", []) or field.key in ("company", *ABOVE):
            continue
        if field.is_custom and field.is_multiple:
            both = list(dict.fromkeys([*_items(value_in(keep, field)), *_items(value)]))
            if both != _items(value_in(keep, field)):
                values[field.key] = both
        elif value_in(keep, field) in (None, "", [], False) or field.key in take:
            values[field.key] = value
    if not {"owner", "owner_group"} & set(take):
        _leave_owner(keep, values)
    return values


def _above(keep: Document, gone: Document) -> Values:
    """Return who stands above the contact that stays, where that is open or was the other one."""
    values: Values = {}
    for key in ABOVE:
        old, new = keep.get(f"{key}_id"), gone.get(f"{key}_id")
        if old in (None, gone.get("id")) and new != keep.get("id") and new != old:
            values[key] = new
    return values


def _leave_owner(keep: Document, values: Values) -> None:
    """Take no second owner: a user and a user group cannot own a contact together."""
    if keep.get("owner_id") or keep.get("owner_group_id"):
        values.pop("owner", None)
        values.pop("owner_group", None)


def _items(value: object) -> list[object]:
    if isinstance(value, list):
        return list(value)
    return [] if value in (None, "") else [value]


def _list(document: Document, key: str) -> list[object]:
    return _items(document.get(key))


def _decimal(value: object) -> Decimal:
    return Decimal(str(value or 0))


def _background(keep: Document, gone: Document, take: Collection[str]) -> Values:
    old, new = str(keep.get("background", "")), str(gone.get("background", ""))
    if not new or new in old:
        return {}
    texts = [new, old] if "background" in take else [old, new]
    return {"background": "\n\n".join(text for text in texts if text)}


def _company(keep: Document, gone: Document, take: Collection[str]) -> Values:
    first, second = (gone, keep) if "company" in take else (keep, gone)
    others = {keep.get("id"), gone.get("id")}
    both = dict.fromkeys([*_list(first, "companies"), *_list(second, "companies")])
    ties = [pk for pk in both if pk not in others]
    text = str(first.get("company") or second.get("company") or "")
    is_text_alone = bool(first.get("company")) and not first.get("employer_id")
    same = fold(text) == fold(str(second.get("company", "")))
    if is_text_alone and not same:
        return {"company": text} if first is gone else {}
    if ties:
        return {"companies": ties} if ties != _list(keep, "companies") else {}
    return {"company": text} if text and text != keep.get("company") else {}


def _channels(key: str, keep: Document, gone: Document) -> list[Mapping[str, object]]:
    """Return those that stay by their ids, and after them those that are new."""
    present: Any = keep.get(key, [])
    coming: Any = gone.get(key, [])
    known = {essence_of(key, item) for item in present}
    items: list[Mapping[str, object]] = [{"id": item["id"]} for item in present]
    for item in coming:
        if essence_of(key, item) in known:
            continue
        known.add(essence_of(key, item))
        whole = whole_channel(key, item, {})
        # Which one is the main one is for the contact that stays to say, if it has one.
        if present:
            whole.pop("is_primary", None)
        items.append(whole)
    return items


def essence_of(key: str, item: Mapping[str, object]) -> tuple[str, ...]:
    """Return what makes two channels the same: nobody keeps one number in two spellings."""
    texts = [str(item.get(name, "") or "") for name in MAIN_TEXTS[key]]
    if key == "phones":
        return (digits_of(texts[0]) or fold(texts[0]), str(item.get("extension", "")))
    if key == "addresses":
        # A country is known by its name or code as well as by its id.
        named = str(item.get("country") or item.get("country_text") or "")
        country = item.get("country_id") or find_country(named)
        texts[-2:] = ["", str(country)] if country else ["", named]
    if key == "messengers":
        texts.append(str(item.get("service_id", "")))
    return tuple(fold(text) for text in texts)
