"""Find the contact or company that a visitor has described before, and complete it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contacts.access import Actor
from contacts.fields import catalogue
from contacts.fields.text import fold
from contacts.index import Document
from contacts.models import Contact, WebForm
from contacts.query import Condition, Or, Query, all_of, search, sorted_by, where
from contacts.services.form_texts import main_texts

Values = Mapping[str, object]

CHANNEL_TEXTS = {"emails": "address", "phones": "number", "websites": "url", "messengers": "handle"}


def find_same_email(form: WebForm, filing: Actor, values: Values) -> int | None:
    """Return the oldest contact of the form's project with one of the e-mails, or None."""
    return _oldest(form, filing, _reached_by(filing, "emails", values), ())


def find_known(form: WebForm, filing: Actor, values: Values, kinds: Sequence[str]) -> int | None:
    """Return who is meant: by a custom field that no two may share, else by e-mail, else by phone.

    Of several it is the oldest; organizations are known by their name as well.
    """
    for asked in _identities(filing, values, kinds):
        found = _oldest(form, filing, asked, kinds)
        if found is not None:
            return found
    return None


def completed(values: Values) -> Callable[[Document], dict[str, object]]:
    """Return the change that completes a contact: new values win, channels and tags are added."""

    def change(document: Document) -> dict[str, object]:
        said = {
            key: value
            for key, value in values.items()
            if value not in (None, "", [], ()) and key not in ("kind", "projects", "source")
        }
        for key, main in CHANNEL_TEXTS.items():
            if key in said:
                said[key] = _merged(document.get(key), main, said[key])
        if "addresses" in said:
            said["addresses"] = _first_changed(document.get("addresses"), said["addresses"])
        if "tags" in said:
            tags: list[Any] = said["tags"]  # type: ignore[assignment]  # names or ids
            present: list[Any] = document.get("tags") or []  # type: ignore[assignment]  # ids
            said["tags"] = [*present, *tags]
        return said

    return change


def _identities(filing: Actor, values: Values, kinds: Sequence[str]) -> Iterator[Condition | None]:
    for field in catalogue("contact").custom():
        value = values.get(field.key)
        if field.is_unique and value not in (None, "", [], ()):
            yield where(filing, field.key, "eq", value)
    for key in ("emails", "phones"):
        yield _reached_by(filing, key, values)
    name = values.get("organization_name")
    if name and Contact.Kind.ORGANIZATION in kinds:
        yield where(filing, "organization_name", "eq", name)


def _reached_by(filing: Actor, key: str, values: Values) -> Condition | None:
    texts = main_texts(key, values.get(key))
    asked = tuple(where(filing, key, "eq", text) for text in texts)
    return Or(asked) if len(asked) > 1 else asked[0] if asked else None


def _oldest(
    form: WebForm, filing: Actor, asked: Condition | None, kinds: Sequence[str]
) -> int | None:
    if asked is None:
        return None
    condition = all_of(
        asked,
        where(filing, "projects", "has_any", (form.project_id,)),
        where(filing, "kind", "in", list(kinds)) if kinds else None,
    )
    by_age = (sorted_by(filing, "id"),)
    found = search(filing, Query(condition=condition, sort=by_age, limit=1, total=False)).ids
    return found[0] if found else None


def _merged(present: object, main: str, said: object) -> list[object]:
    """Return the stored items of a channel as they are, and behind them those that are new."""
    rows: list[Mapping[str, object]] = list(present or [])  # type: ignore[call-overload]  # of a document
    known = {fold(str(row.get(main) or "")) for row in rows}
    items = said if isinstance(said, list | tuple) else [said]
    named = [item if isinstance(item, Mapping) else {main: item} for item in items]
    new = [item for item in named if fold(str(item.get(main) or "")) not in known]
    return [*({"id": row["id"]} for row in rows), *new]


def _first_changed(present: object, said: object) -> list[object]:
    """Return the stored addresses with what was said put into the first."""
    rows: list[Mapping[str, object]] = list(present or [])  # type: ignore[call-overload]  # of a document
    items: list[Mapping[str, object]] = list(said)  # type: ignore[call-overload]  # as it was joined
    if not rows:
        return list(items)
    first, *others = rows
    return [{"id": first["id"], **items[0]}, *({"id": row["id"]} for row in others), *items[1:]]
