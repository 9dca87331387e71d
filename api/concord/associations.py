"""Tie records of different resources to each other, whichever of the two is asked.

Every tie is held by one of its records: a person holds companies, a deal its contacts, an activity
its contacts and deals. Asked from the other side, the holders are found and changed one by one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.concord.errors import BadListError, RejectedError
from api.concord.mapping.bodies import ids_of, names_of
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query import (
    Condition,
    Not,
    Or,
    Query,
    all_of,
    find_contacts,
    get_contact,
    get_record,
    search,
    where,
)
from contacts.services.activities import update_activity
from contacts.services.contacts import touch_contact, update_contact
from contacts.services.deals import update_deal
from contacts.services.notes import update_note
from contacts.services.records import hold

Document = Mapping[str, Any]

KINDS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("person",),
    "companies": ("organization", "household"),
}
PLANNED = ("activities", "calls")
MOST = 1_000
# What may be named under ``associations`` and as keys of the associations' own addresses.
LINKS: Mapping[str, tuple[str, ...]] = {
    "contacts": ("companies", "deals", "activities", "calls", "notes"),
    "companies": ("contacts", "deals", "activities", "calls", "notes"),
    "deals": ("contacts", "companies", "activities", "calls", "notes"),
    "activities": ("contacts", "companies", "deals"),
    "calls": ("contacts", "companies", "deals"),
    "notes": ("contacts", "companies", "deals"),
}

# What one record is called where a body names what it cannot be tied to.
TITLES: Mapping[str, str] = {
    "contacts": "Contact",
    "companies": "Company",
    "deals": "Deal",
    "activities": "Activity",
    "calls": "Call",
    "notes": "Note",
}


@dataclass(frozen=True)
class Holding:
    """How records of one resource hold records of another."""

    held: Callable[[Actor, int], list[int]]
    holders: Callable[[Actor, int], list[int]]
    hold: Callable[[Actor, int, list[int]], object]


def usable_ids(actor: Actor, resource: str, value: object) -> list[int]:
    """Return the ids that exist for the actor as records of a resource, in the order given."""
    asked, names = ids_of(value), names_of(value)
    kind = _kind_of(resource)
    found: Collection[int] = ()
    if asked and kind == "contact":
        documents = find_contacts(actor, asked)
        found = {pk for pk, each in documents.items() if each["kind"] in KINDS[resource]}
    elif asked:
        named = all_of(_scope(actor, resource), where(actor, "id", "in", asked, kind=kind))
        found = frozenset(search(actor, Query(kind, named, limit=MOST)).ids)
    ids = [pk for pk in asked if pk in found]
    called = [_called(actor, resource, name) for name in names]
    return list(dict.fromkeys([*ids, *(pk for pk in called if pk is not None)]))


def sent_ids(actor: Actor, resource: str, value: object) -> list[int]:
    """Return the same of what a client sent.

    Raises RejectedError for more than a record can have: each name is looked for by itself.
    """
    if len(ids_of(value)) + len(names_of(value)) > MOST:
        sentence = f"The {resource} field must not be greater than {MOST}."
        raise RejectedError({resource: [sentence]})
    return usable_ids(actor, resource, value)


def _called(actor: Actor, resource: str, name: str) -> int | None:
    kind = _kind_of(resource)
    key = {"contact": "display_name", "deal": "name"}.get(kind)
    if key is None:
        return None
    asked = all_of(_scope(actor, resource), where(actor, key, "eq", name, kind=kind))
    ids = search(actor, Query(kind, asked, limit=1)).ids
    return ids[0] if ids else None


def linked_ids(actor: Actor, owner: str, owner_id: int, other: str) -> list[int]:
    """Return the ids of the records of another resource that are tied to a record."""
    holding = HOLDINGS.get((owner, other))
    if holding is not None:
        return holding.held(actor, owner_id)
    return HOLDINGS[(other, owner)].holders(actor, owner_id)


def put(actor: Actor, owner: str, owner_id: int, other: str, ids: Sequence[int]) -> None:
    """Make the ties of a record to another resource exactly these, in this order.

    Whoever holds a tie is held itself before its ties are read: they are written as a whole.
    """
    wanted = list(dict.fromkeys(ids))
    present = linked_ids(actor, owner, owner_id, other)
    if wanted == present:
        return
    holding = HOLDINGS.get((owner, other))
    if holding is not None:
        holding.hold(actor, owner_id, wanted)
        return
    holding = HOLDINGS[(other, owner)]
    changed = set(present) ^ set(wanted)
    for holder_id in sorted(changed):
        hold(actor, _kind_of(other), holder_id)
        held = holding.held(actor, holder_id)
        if holder_id in wanted and owner_id not in held:
            holding.hold(actor, holder_id, [*held, owner_id])
        elif holder_id not in wanted and owner_id in held:
            holding.hold(actor, holder_id, [pk for pk in held if pk != owner_id])
    if changed and owner in KINDS:
        # The tie is the other record's, but the contact has changed as well.
        touch_contact(actor, owner_id)


def apply_named(actor: Actor, owner: str, owner_id: int, sent: Mapping[str, Any]) -> None:
    """Make the ties that a create or update names; ids that nobody can use are left out."""
    for other, value in named_in(owner, sent).items():
        put(actor, owner, owner_id, other, sent_ids(actor, other, value))


def named_in(owner: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ties in a body by resource; raises BadListError for what is never tied."""
    if owner not in LINKS:
        return {}
    named = sent.get("associations")
    found = dict(named) if isinstance(named, Mapping) else {}
    for name in found:
        if name not in LINKS[owner]:
            raise BadListError(
                f'The provided resource name "{name[:100]}" cannot be associated to the '
                f"{TITLES[owner]}"
            )
    found |= {name: sent[name] for name in LINKS[owner] if sent.get(name) is not None}
    return {name: value for name, value in found.items() if value is not None}


def _kind_of(resource: str) -> str:
    return {"deals": "deal", "notes": "note"}.get(
        resource, "activity" if resource in PLANNED else "contact"
    )


def calls(actor: Actor) -> Condition:
    """Return the condition of activities that are calls: those with an outcome."""
    return where(actor, "outcome", "is_empty", False, kind="activity")


def _scope(actor: Actor, resource: str) -> Condition | None:
    if resource in KINDS:
        return where(actor, "kind", "in", list(KINDS[resource]))
    if resource in PLANNED:
        return calls(actor) if resource == "calls" else Not(calls(actor))
    return None


def _split(actor: Actor, ids: Sequence[int], resource: str) -> list[int]:
    documents = find_contacts(actor, ids) if ids else {}
    return [pk for pk in ids if pk in documents and documents[pk]["kind"] in KINDS[resource]]


def _companies_of(actor: Actor, person_id: int) -> list[int]:
    listed = get_contact(actor, person_id).get("companies", [])
    return _split(actor, listed if isinstance(listed, list) else [], "companies")


def _people_of(actor: Actor, company_id: int) -> list[int]:
    asked = where(actor, "companies", "has_any", [company_id])
    return sorted(search(actor, Query(condition=asked, limit=MOST)).ids)


def participants(document: Document) -> list[Document]:
    """Return the contacts of a deal or activity with their names, the main one first."""
    main = document.get("contact")
    rows = [*([main] if main else []), *(document.get("contacts") or [])]
    return list({row["id"]: row for row in rows}.values())


def taking_part(document: Document) -> list[int]:
    """Return the ids of the contacts of a deal or activity, the main one first."""
    return [row["id"] for row in participants(document)]


def _of_record(kind: str, resource: str) -> Callable[[Actor, int], list[int]]:
    def held(actor: Actor, record_id: int) -> list[int]:
        return _split(actor, taking_part(get_record(actor, kind, record_id)), resource)

    return held


def _records_with(resource: str) -> Callable[[Actor, int], list[int]]:
    kind = _kind_of(resource)

    def holders(actor: Actor, contact_id: int) -> list[int]:
        parts = [where(actor, "contacts", "has_any", [contact_id], kind=kind)]
        if kind == "deal":
            parts.append(where(actor, "contact", "eq", contact_id, kind=kind))
        asked = all_of(_scope(actor, resource), Or(tuple(parts)))
        return sorted(search(actor, Query(kind, asked, limit=MOST)).ids)

    return holders


def _hold_contacts(kind: str, resource: str) -> Callable[[Actor, int, list[int]], object]:
    def hold(actor: Actor, record_id: int, ids: list[int]) -> object:
        document = get_record(actor, kind, record_id)
        present = taking_part(document)
        mine = set(_split(actor, present, resource))
        others = [pk for pk in present if pk not in mine]
        everybody = [*ids, *others] if resource == "contacts" else [*others, *ids]
        if kind == "activity":
            return update_activity(actor, record_id, {"contacts": everybody})
        main = document.get("contact")
        first = main["id"] if isinstance(main, Mapping) and main["id"] in everybody else None
        first = first if first is not None else next(iter(everybody), None)
        rest = [pk for pk in everybody if pk != first]
        return update_deal(actor, record_id, {"contact": first, "contacts": rest})

    return hold


def _deals_of(actor: Actor, activity_id: int) -> list[int]:
    listed = get_record(actor, "activity", activity_id).get("deal_ids")
    asked = listed if isinstance(listed, list) else []
    return usable_ids(actor, "deals", asked)


def _activities_with(resource: str) -> Callable[[Actor, int], list[int]]:
    def holders(actor: Actor, deal_id: int) -> list[int]:
        has = where(actor, "deals", "has_any", [deal_id], kind="activity")
        asked = all_of(_scope(actor, resource), has)
        return sorted(search(actor, Query("activity", asked, limit=MOST)).ids)

    return holders


def _hold_deals(actor: Actor, activity_id: int, ids: list[int]) -> object:
    return update_activity(actor, activity_id, {"deals": ids})


def _hold_companies(actor: Actor, person_id: int, ids: list[int]) -> object:
    return update_contact(actor, person_id, {"companies": ids})


def _of_note(resource: str) -> Callable[[Actor, int], list[int]]:
    def held(actor: Actor, note_id: int) -> list[int]:
        document = get_record(actor, "note", note_id)
        if resource == "deals":
            ids = [document["deal_id"], *_listed(document, "further_deals")]
            return usable_ids(actor, "deals", [pk for pk in ids if pk])
        ids = [document["contact_id"], *_listed(document, "further_contacts")]
        return _split(actor, [pk for pk in ids if isinstance(pk, int)], resource)

    return held


def _listed(document: Document, key: str) -> list[int]:
    listed = document.get(key)
    return sorted(listed) if isinstance(listed, list) else []


def _notes_at(resource: str) -> Callable[[Actor, int], list[int]]:
    word = "deal" if resource == "deals" else "contact"

    def holders(actor: Actor, record_id: int) -> list[int]:
        own = where(actor, word, "eq", record_id, kind="note")
        further = where(actor, f"further_{word}s", "has_any", [record_id], kind="note")
        return sorted(search(actor, Query("note", Or((own, further)), limit=MOST)).ids)

    return holders


def _show_note_at(resource: str) -> Callable[[Actor, int, list[int]], object]:
    """Show a note at records; the one that it is about stays whatever is said."""

    def hold(actor: Actor, note_id: int, ids: list[int]) -> object:
        document = get_record(actor, "note", note_id)
        if resource == "deals":
            return update_note(actor, note_id, {"further_deals": ids})
        further = _listed(document, "further_contacts")
        mine = set(_split(actor, further, resource))
        others = [pk for pk in further if pk not in mine]
        return update_note(actor, note_id, {"further_contacts": [*others, *ids]})

    return hold


def _holdings() -> dict[tuple[str, str], Holding]:
    found = {("contacts", "companies"): Holding(_companies_of, _people_of, _hold_companies)}
    for holder in ("deals", *PLANNED):
        kind = _kind_of(holder)
        for other in KINDS:
            found[(holder, other)] = Holding(
                _of_record(kind, other), _records_with(holder), _hold_contacts(kind, other)
            )
    for holder in PLANNED:
        found[(holder, "deals")] = Holding(_deals_of, _activities_with(holder), _hold_deals)
    for other in (*KINDS, "deals"):
        found[("notes", other)] = Holding(_of_note(other), _notes_at(other), _show_note_at(other))
    return found


HOLDINGS = _holdings()


def require_linkable(owner: str, other: str) -> None:
    """Raise NotFoundError where records of two resources are never tied."""
    if other not in LINKS.get(owner, ()):
        raise NotFoundError("resource")
