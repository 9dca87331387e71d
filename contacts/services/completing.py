"""What changes in a known contact when a file tells of it once more.

Of e-mails, phones, addresses, websites, messengers, tags and projects nothing is ever taken away,
whatever is asked for: what is new is added. Of everything else the contact's own values stay and
its gaps are filled, or the values that are written win.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from contacts.access import Actor
from contacts.access.visibility import visible_projects
from contacts.fields import Field, catalogue, reference
from contacts.fields.text import fold
from contacts.fields.types import ValueFaultError
from contacts.index import Document
from contacts.services.channels import MAIN_TEXTS, MODELS
from contacts.services.merged_values import essence_of, value_in

Values = Mapping[str, object]
Item = Mapping[str, object]

# What a contact is, and who sees it: it always has one, so there is no gap to fill.
NEVER_BLANK = frozenset({"kind", "stage", "visibility"})
BLANKS: tuple[object, ...] = (None, "", [], False)


def change_to(actor: Actor, values: Values, *, overwrites: bool) -> Callable[[Document], Values]:
    """Return the change of a contact that is known by what is written of it."""
    fields = catalogue("contact").by_key

    def change(document: Document) -> Values:
        said: dict[str, object] = {}
        for key, value in values.items():
            field = fields.get(key)
            if field is not None and value not in (None, "", [], ()):
                said |= _change(actor, document, field, value, overwrites=overwrites)
        return said

    return change


def _change(
    actor: Actor, document: Document, field: Field, value: object, *, overwrites: bool
) -> Values:
    if field.key in MODELS:
        return _channels(document, field, value, overwrites=overwrites)
    if field.key == "tags":
        return _tags(document, value)
    if field.key == "projects":
        return _projects(actor, document, value)
    if field.is_custom and field.is_multiple:
        return _several(document, field, value)
    is_wanted = overwrites or _is_gap(document, field)
    return _single(document, field, value) if is_wanted else {}


def _is_gap(document: Document, field: Field) -> bool:
    return field.key not in NEVER_BLANK and value_in(document, field) in BLANKS


def _single(document: Document, field: Field, value: object) -> Values:
    try:
        same = field.type.to_document(field.type.clean(value, field)) == value_in(document, field)
    except ValueFaultError:
        # The change tells what is wrong with it.
        same = False
    return {} if same else {field.key: value}


def _several(document: Document, field: Field, value: object) -> Values:
    present = _list(value_in(document, field))
    try:
        cleaned = [field.type.clean(each, field) for each in _list(value)]
    except ValueFaultError:
        return {field.key: value}
    new = [each for each in cleaned if field.type.to_document(each) not in present]
    return {field.key: [*present, *new]} if new else {}


def _tags(document: Document, value: object) -> Values:
    present = _list(document.get("tags"))
    names = {fold(reference.tags().name_of(pk)) for pk in present}
    new = [each for each in _list(value) if fold(str(each)) not in names]
    return {"tags": [*present, *new]} if new else {}


def _projects(actor: Actor, document: Document, value: object) -> Values:
    """Add projects; those that the actor does not see stay anyway."""
    present = _list(document.get("projects"))
    new = [each for each in _list(value) if each not in present]
    seen = visible_projects(actor).filter(pk__in=present).values_list("pk", flat=True)
    return {"projects": [*seen, *new]} if new else {}


def _channels(document: Document, field: Field, value: object, *, overwrites: bool) -> Values:
    """Add what is new; where it wins it comes first and is the main one."""
    key = field.key
    present: Sequence[Item] = document.get(key) or []  # type: ignore[assignment]  # of a document
    try:
        written: Any = field.type.clean(value, field)
    except ValueFaultError:
        return {key: value}
    known = {essence_of(key, item): item for item in present}
    told: dict[object, Item] = {}
    new: list[Item] = []
    for item in written:
        stored = known.get(essence_of(key, item)) or _of_any_service(key, item, present)
        if stored is None:
            new.append(item)
        elif overwrites:
            told[stored["id"]] = _details(key, stored, item)
    if not new and not any(told.values()):
        return {}
    kept = [{"id": item["id"], **told.get(item["id"], {})} for item in present]
    if not overwrites or not new:
        return {key: [*kept, *new]}
    if "is_primary" in field.traits["flags"]:
        new[0] = {**new[0], "is_primary": True}
    return {key: [*new, *kept]}


def _of_any_service(key: str, item: Item, present: Sequence[Item]) -> Item | None:
    """Return the messenger of this name where it is not written of which service it is."""
    if key != "messengers" or item.get("service_id"):
        return None
    named = (each for each in present if fold(str(each["handle"])) == fold(str(item["handle"])))
    return next(named, None)


def _details(key: str, stored: Item, item: Item) -> Item:
    """Return what is written of a channel besides itself, and differs from what is stored."""
    return {
        name: value
        for name, value in item.items()
        if name not in ("id", *MAIN_TEXTS[key], "country")
        and value not in BLANKS
        and stored.get(name) != value
    }


def _list(value: object) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") else [value]
