"""What stands around the records of a page, all of it in one statement.

Companies of people, people of companies, deals, numbers of notes and activities: each alone would
be a statement of its own, and a page may cost four in all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import router
from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from contacts.access import Actor
from contacts.access.ids import IdSlot
from contacts.access.visibility import visible_contacts, visible_deals
from contacts.fields.contact_tie_fields import EMPLOYMENT
from contacts.fields.storage.lookups import PerRow
from contacts.index import Document
from contacts.models import Contact, Relationship
from contacts.query.standings import NOTES, PLANS, Standing, standing_parts
from contacts.query.statements import rows_of

CONTACT, PERSON, DEAL = 1, 2, 3
# The names under which ids are given to the statement.
IDS = ("contacts", "deals", "people_of", "deals_of", "standing_of")
# The order of the columns in which the parts of the statement agree.
COLUMNS = ("part", "record", "text", "about", "outcome", "stage_ref", "stage_name")
Part = QuerySet[Any, Any]  # rows of any of the tables, in the shape of Row
Row = tuple[int, int, str, int | None, int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class DealBrief:
    """What other records say of a deal."""

    id: int
    name: str
    outcome: int
    stage_id: int | None
    stage: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: records by id, and what belongs to contacts.

    `people_of` are companies, `deals_of` contacts; of what is named in `briefly` only ids are read.
    `standing_of` are contacts or, with `deals_stand`, deals whose notes and activities are counted;
    if they `are_seen`, the caller knows that the actor sees each, and that each is living.
    """

    contacts: Collection[int] = ()
    deals: Collection[int] = ()
    people_of: Collection[int] = ()
    deals_of: Collection[int] = ()
    briefly: tuple[str, ...] = ()
    standing_of: Collection[int] = ()
    deals_stand: bool = False
    are_seen: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was found and is visible: by id, and by the contact to which it belongs."""

    contacts: dict[int, Document] = field(default_factory=dict)
    deals: dict[int, DealBrief] = field(default_factory=dict)
    people_of: dict[int, list[Document]] = field(default_factory=dict)
    deals_of: dict[int, list[DealBrief]] = field(default_factory=dict)
    standing_of: dict[int, Standing] = field(default_factory=dict)


def surroundings(actor: Actor, asked: Asked) -> Surroundings:
    """Return what is asked for and seen by the actor, in order of ids."""
    ids = {name: list(getattr(asked, name)) for name in IDS if getattr(asked, name)}
    found = Surroundings(
        people_of={pk: [] for pk in asked.people_of},
        deals_of={pk: [] for pk in asked.deals_of},
        standing_of={pk: Standing() for pk in asked.standing_of},
    )
    if ids:
        flags = (asked.briefly, asked.deals_stand, asked.are_seen)
        rows = rows_of(
            ("surroundings", actor.sight, tuple(ids), flags),
            lambda: _parts(actor, Slots(asked, ids)),
            using=router.db_for_read(Contact),
            ids=ids,
            is_prepared=True,
        )
        for row in sorted(rows, key=lambda row: (row[0], row[1])):
            _TAKE[row[0]](found, row)
    return found


class Slots:
    """What is looked for, with the places of the ids instead of the ids; None for none."""

    def __init__(self, asked: Asked, named: Collection[str]) -> None:
        """Take over the shape of what is asked."""
        self.briefly, self.deals_stand = asked.briefly, asked.deals_stand
        self.are_seen = asked.are_seen
        slots = {name: IdSlot(name) for name in named}
        self.contacts, self.deals = slots.get("contacts"), slots.get("deals")
        self.people_of, self.deals_of = slots.get("people_of"), slots.get("deals_of")
        self.standing_of = slots.get("standing_of")


def _parts(actor: Actor, asked: Slots) -> Part:
    """Return the one statement of all parts."""
    parts = [
        *_deals(actor, asked),
        *(part for part in (_contacts(actor, asked), _people(actor, asked)) if part is not None),
    ]
    kind = "deal" if asked.deals_stand else "contact"
    parts += standing_parts(actor, kind, asked.standing_of, are_seen=asked.are_seen)
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _contacts(actor: Actor, asked: Slots) -> Part | None:
    if asked.contacts is None:
        return None
    rows = visible_contacts(actor).filter(pk__among=asked.contacts)
    if "contacts" in asked.briefly:
        return rows.annotate(**_blank(CONTACT)).values_list(*COLUMNS)
    known = rows.filter(document__isnull=False)
    return known.annotate(**_blank(CONTACT, text=F("document__body"))).values_list(*COLUMNS)


def _people(actor: Actor, asked: Slots) -> Part | None:
    if asked.people_of is None:
        return None
    # Of each tie that is found: a set of all people that are seen takes seconds to make.
    seen = visible_contacts(actor).filter(kind="person", pk=OuterRef("contact_a_id"))
    ties = Relationship.objects.filter(
        Q(PerRow(seen)),
        contact_b_id__among=asked.people_of,
        is_active=True,
        **dict(EMPLOYMENT),
    )
    is_brief = "people_of" in asked.briefly
    body = Value("", TextField()) if is_brief else F("contact_a__document__body")
    blank = _blank(PERSON, text=body, record=F("contact_a_id"), about=F("contact_b_id"))
    return ties.order_by().annotate(**blank).values_list(*COLUMNS)


def _deals(actor: Actor, asked: Slots) -> Iterator[Part]:
    """Yield the deals by id, those of contacts, and those that contacts are further ones of."""
    deals = visible_deals(actor)
    if asked.deals is not None:
        yield _briefs(deals.filter(pk__among=asked.deals), "contact_id")
    if asked.deals_of is not None:
        yield _briefs(deals.filter(contact_id__among=asked.deals_of), "contact_id")
        further = "contact_links__contact_id"
        yield _briefs(deals.filter(**{f"{further}__among": asked.deals_of}), further)


def _briefs(deals: QuerySet[Any, Any], about: str) -> Part:
    columns = {
        "part": Value(DEAL, IntegerField()),
        "record": F("pk"),
        "text": Cast("name", TextField()),
        "about": F(about),
        "outcome": F("status__outcome"),
        "stage_ref": F("stage_id"),
    }
    named = deals.annotate(**columns).annotate(stage_label=F("stage__name"))
    rows: Part = named.values_list(*COLUMNS[:-1], "stage_label")
    return rows


def _blank(part: int, **columns: object) -> dict[str, object]:
    """Return the columns of a part, empty where it has nothing to say."""
    nothing: dict[str, object] = {
        "part": Value(part, IntegerField()),
        "record": F("pk"),
        "text": Value("", TextField()),
        "about": Value(None, IntegerField()),
        "outcome": Value(None, IntegerField()),
        "stage_ref": Value(None, IntegerField()),
        "stage_name": Value("", CharField()),
    }
    return {**nothing, **columns}


def _take_contact(found: Surroundings, row: Row) -> None:
    found.contacts[row[1]] = _document(row)


def _take_person(found: Surroundings, row: Row) -> None:
    if row[3] is not None:
        found.people_of[row[3]].append(_document(row))


def _document(row: Row) -> Document:
    """Return the document, or of one that is asked for briefly its id."""
    document: Document = orjson.loads(row[2]) if row[2] else {"id": row[1]}
    return document


def _take_deal(found: Surroundings, row: Row) -> None:
    brief = DealBrief(row[1], row[2], row[4] or 0, row[5], row[6] or "")
    found.deals[brief.id] = brief
    known = found.deals_of.get(row[3] or 0)
    # A contact may be named by a deal and be a further one of it as well: these rows follow.
    if known is not None and (not known or known[-1].id != brief.id):
        known.append(brief)


def _take_standing(found: Surroundings, row: Row) -> None:
    if row[1] in found.standing_of:
        found.standing_of[row[1]].take(row)


_TAKE = {
    CONTACT: _take_contact,
    PERSON: _take_person,
    DEAL: _take_deal,
    NOTES: _take_standing,
    PLANS: _take_standing,
}
