"""What stands around the records of a page, all of it in one statement.

Companies of people, people of companies, deals, numbers of notes and activities: each alone would
be a statement of its own, and a page may cost four in all.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import router
from django.db.models import CharField, F, IntegerField, JSONField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from contacts.access import Actor
from contacts.access.visibility import visible_contacts, visible_deals
from contacts.fields.contact_tie_fields import EMPLOYMENT
from contacts.index import Document
from contacts.models import Contact, Deal, DealContact, Relationship
from contacts.query.ids import IdSlot
from contacts.query.record_links import with_links
from contacts.query.standings import NOTES, PLANS, Standing, standing_parts
from contacts.query.statements import rows_of

CONTACT, PERSON, DEAL = 1, 2, 3
# The names under which ids are given to the statement.
IDS = ("contacts", "deals", "people_of", "deals_of", "standing_of")
# The order of the columns in which the parts of the statement agree.
COLUMNS = ("part", "record", "text", "about", "outcome", "stage_ref", "stage_name", "linked_ids")
Part = QuerySet[Any, Any]  # rows of any of the tables, in the shape of Row
Row = tuple[int, int, str, int | None, int | None, int | None, str, list[int] | None]


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

    `people_of` are companies, `deals_of` contacts; with `briefly` of people only ids are read.
    `standing_of` are contacts or, with `deals_stand`, deals whose notes and activities are counted.
    """

    contacts: Collection[int] = ()
    deals: Collection[int] = ()
    people_of: Collection[int] = ()
    deals_of: Collection[int] = ()
    briefly: bool = False
    standing_of: Collection[int] = ()
    deals_stand: bool = False


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
        flags = (asked.briefly, asked.deals_stand)
        rows = rows_of(
            ("surroundings", actor.sight, tuple(ids), flags),
            lambda: _parts(actor, Slots(asked, ids)),
            using=router.db_for_read(Contact),
            ids=ids,
        )
        for row in sorted(rows, key=lambda row: (row[0], row[1])):
            _TAKE[row[0]](found, row)
    return found


class Slots:
    """What is looked for, with the places of the ids instead of the ids; None for none."""

    def __init__(self, asked: Asked, named: Collection[str]) -> None:
        """Take over the shape of what is asked."""
        self.briefly, self.deals_stand = asked.briefly, asked.deals_stand
        slots = {name: IdSlot(name) for name in named}
        self.contacts, self.deals = slots.get("contacts"), slots.get("deals")
        self.people_of, self.deals_of = slots.get("people_of"), slots.get("deals_of")
        self.standing_of = slots.get("standing_of")


def _parts(actor: Actor, asked: Slots) -> Part:
    """Return the one statement of all parts."""
    parts = [
        part
        for part in (_deals(actor, asked), _contacts(actor, asked), _people(actor, asked))
        if part is not None
    ]
    parts += standing_parts(actor, "deal" if asked.deals_stand else "contact", asked.standing_of)
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _contacts(actor: Actor, asked: Slots) -> Part | None:
    if asked.contacts is None:
        return None
    rows = visible_contacts(actor).filter(pk__among=asked.contacts, document__isnull=False)
    return rows.annotate(**_blank(CONTACT, text=F("document__body"))).values_list(*COLUMNS)


def _people(actor: Actor, asked: Slots) -> Part | None:
    if asked.people_of is None:
        return None
    seen = visible_contacts(actor).filter(kind="person").values("pk")
    ties = Relationship.objects.filter(
        contact_b_id__among=asked.people_of,
        is_active=True,
        contact_a_id__in=seen,
        **dict(EMPLOYMENT),
    )
    body = Value("", TextField()) if asked.briefly else F("contact_a__document__body")
    blank = _blank(PERSON, text=body, record=F("contact_a_id"), about=F("contact_b_id"))
    return ties.order_by().annotate(**blank).values_list(*COLUMNS)


def _deals(actor: Actor, asked: Slots) -> Part | None:
    wanted = Q()
    if asked.deals is not None:
        wanted |= Q(pk__among=asked.deals)
    if asked.deals_of is not None:
        further = DealContact.objects.filter(contact_id__among=asked.deals_of).values("deal_id")
        wanted |= Q(contact_id__among=asked.deals_of) | Q(pk__in=further)
    if not wanted:
        return None
    rows: QuerySet[Deal] = with_links("deal", visible_deals(actor).filter(wanted))
    columns = {
        "part": Value(DEAL, IntegerField()),
        "record": F("pk"),
        "text": Cast("name", TextField()),
        "about": F("contact_id"),
        "outcome": F("status__outcome"),
        "stage_ref": F("stage_id"),
        "linked_ids": F("linked"),
    }
    named = rows.annotate(**columns).annotate(stage_label=F("stage__name"))
    return named.values_list(
        *("part", "record", "text", "about", "outcome", "stage_ref", "stage_label", "linked_ids")
    )


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
        "linked_ids": Value(None, JSONField()),
    }
    return {**nothing, **columns}


def _take_contact(found: Surroundings, row: Row) -> None:
    found.contacts[row[1]] = orjson.loads(row[2])


def _take_person(found: Surroundings, row: Row) -> None:
    if row[3] is not None:
        document: Document = orjson.loads(row[2]) if row[2] else {"id": row[1]}
        found.people_of[row[3]].append(document)


def _take_deal(found: Surroundings, row: Row) -> None:
    brief = DealBrief(row[1], row[2], row[4] or 0, row[5], row[6] or "")
    found.deals[brief.id] = brief
    for pk in dict.fromkeys([row[3], *(row[7] or [])]):
        if pk in found.deals_of:
            found.deals_of[pk].append(brief)


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
