"""Lead a contact's values back to what they were, as far as nobody has changed them since."""

from collections.abc import Iterable, Mapping
from typing import Any

from contacts.fields import catalogue
from contacts.index import Document
from contacts.services.channels import MODELS

# Follow from other fields, or from files that are gone by now.
DERIVED = frozenset({"id", "display_name", "owner_assigned_at", "archived_at", "avatar_id"})
COMPANY = frozenset({"company", "companies", "employer_id"})


def earlier_values(now: Document, before: Document, after: Document) -> dict[str, object]:
    """Return the values that lead back from `after` to `before`, as far as nothing moved since."""
    unmoved = {
        key for key in before.keys() | after.keys() if now.get(key) == after.get(key)
    } - DERIVED
    values: dict[str, object] = {}
    for key in unmoved - COMPANY:
        values.update(_value(key, now, before.get(key)))
    if unmoved & COMPANY:
        values.update(_company(before, after, now))
    if "custom" in before or "custom" in after:
        values.update(_custom(now, before, after))
    return values


def moved_since(now: Document, before: Document, after: Document) -> list[str]:
    """Return the keys of what was changed from `before` to `after` and is something else now."""
    keys = (before.keys() | after.keys()) - DERIVED - {"custom"}
    moved = {key for key in keys if now.get(key) != after.get(key) and key not in COMPANY}
    if not any(now.get(key) == after.get(key) for key in keys & COMPANY) and keys & COMPANY:
        moved.add("company")
    old, new, present = (_by_id(document) for document in (before, after, now))
    moved |= {
        f"custom_{pk}"
        for pk in old.keys() | new.keys()
        if old.get(pk) != new.get(pk) and present.get(pk) != new.get(pk)
    }
    return sorted(moved)


def _value(
    key: str,
    now: Document,
    value: Any,  # noqa: ANN401  # any value of a document
) -> dict[str, object]:
    if key in MODELS:
        return {key: [whole_channel(key, item, now) for item in value or ()]}
    fields = catalogue("contact").by_key
    for field_key in (key, key.removesuffix("_id")):
        if field_key in fields and fields[field_key].is_writable:
            return {field_key: value}
    return {}


def whole_channel(key: str, item: Mapping[str, Any], now: Document) -> dict[str, object]:
    """Return a channel that names everything, for a missing key would mean "leave"."""
    traits: Any = catalogue("contact").by_key[key].traits
    texts = [name for name in traits["texts"] if not name.startswith("country")]
    whole: dict[str, object] = {name: item.get(name, "") for name in texts}
    whole |= {f"{name}_id": item.get(f"{name}_id", "") for name in traits["lists"]}
    whole |= {name: item.get(name, False) for name in traits["flags"]}
    whole |= {name: item.get(name, "") for name in traits.get("numbers", ())}
    if item.get("country_id"):
        whole["country_id"] = item["country_id"]
    elif key == "addresses":
        whole["country_text"] = item.get("country_text", "")
    items: Any = now.get(key, [])
    if item.get("id") in {each["id"] for each in items}:
        whole["id"] = item["id"]
    return whole


def _company(before: Document, after: Document, now: Document) -> dict[str, object]:
    """Return the companies as they were; of the three fields that say it, one is enough."""
    if before.get("companies"):
        return {"companies": before["companies"]}
    has_moved = "company" in before or "company" in after
    return {"company": (before if has_moved else now).get("company", "")}


def _custom(now: Document, before: Document, after: Document) -> dict[str, object]:
    old, new, present = (_by_id(document) for document in (before, after, now))
    fields = catalogue("contact").by_custom_id
    ids: Iterable[str] = old.keys() | new.keys()
    return {
        f"custom_{pk}": old.get(pk)
        for pk in ids
        if int(pk) in fields and old.get(pk) != new.get(pk) and present.get(pk) == new.get(pk)
    }


def _by_id(document: Document) -> Mapping[str, object]:
    values = document.get("custom")
    return values if isinstance(values, dict) else {}
