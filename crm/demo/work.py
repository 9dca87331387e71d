"""Notes, deals and activities around demo contacts."""

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.index.inserting import write_rows
from contacts.index.reserving import reserve
from contacts.models import (
    Activity,
    ActivityContact,
    Deal,
    DealStatus,
    Note,
    Stage,
)
from crm.demo.names import ACTIVITIES, DEALS, NOTES
from crm.demo.people import TODAY, Stock

NOTE_SHARE, DEAL_SHARE, ACTIVITY_SHARE = 0.2, 0.05, 0.05


def load_work(chance: random.Random, contact_ids: Sequence[int], around: Stock) -> None:
    """Store notes, deals and activities of some of the contacts."""
    write_rows(Note, [_note(chance, pk, around) for pk in _some(chance, contact_ids, NOTE_SHARE)])
    _load_deals(chance, _some(chance, contact_ids, DEAL_SHARE), around)
    _load_activities(chance, _some(chance, contact_ids, ACTIVITY_SHARE), around)


def _some(chance: random.Random, ids: Sequence[int], share: float) -> list[int]:
    return [pk for pk in ids if chance.random() < share]


def _author(chance: random.Random, around: Stock) -> int | None:
    return chance.choice(around.user_ids) if around.user_ids else None


def _note(chance: random.Random, contact_id: int, around: Stock) -> Note:
    at = TODAY - timedelta(hours=chance.randrange(10_000))
    return Note(
        contact_id=contact_id,
        content=chance.choice(NOTES),
        type=chance.choice((None, 0, 1, 2)),
        author_id=_author(chance, around),
        created_at=at,
        updated_at=at,
    )


def _load_deals(chance: random.Random, contact_ids: Sequence[int], around: Stock) -> None:
    statuses, stages = list(DealStatus.objects.all()), list(Stage.objects.all())
    deals = []
    for contact_id in contact_ids:
        name = chance.choice(DEALS)
        at = TODAY - timedelta(hours=chance.randrange(10_000))
        status = chance.choices(statuses, [3] + [1] * (len(statuses) - 1))[0]
        deals.append(
            Deal(
                name=name,
                name_key=key_of(name),
                project_id=chance.choice(around.project_ids),
                contact_id=contact_id,
                amount=Decimal(chance.randrange(100, 100_000)),
                currency="EUR",
                status=status,
                stage=chance.choice(stages),
                probability=chance.choice((10, 30, 50, 80)),
                due_on=(TODAY + timedelta(days=chance.randrange(120))).date(),
                closed_at=at if status.outcome else None,
                owner_id=_author(chance, around),
                author_id=_author(chance, around),
                created_at=at,
                updated_at=at,
            )
        )
    write_rows(Deal, deals)


def _load_activities(chance: random.Random, contact_ids: Sequence[int], around: Stock) -> None:
    options = reference.options()
    types, status = options.of("activity_type"), options.default_of("activity_status")
    activities, links = [], []
    numbers = reserve(Activity, len(contact_ids))
    for number, contact_id in zip(numbers, contact_ids, strict=True):
        starts = TODAY + timedelta(hours=chance.randrange(-2_000, 500))
        activities.append(
            Activity(
                id=number,
                subject=chance.choice(ACTIVITIES),
                type=chance.choice(types),
                status=status,
                starts_at=starts,
                duration=chance.choice((15, 30, 60)),
                owner_id=_author(chance, around),
                author_id=_author(chance, around),
                created_at=TODAY,
                updated_at=TODAY,
            )
        )
        links.append(ActivityContact(activity_id=number, contact_id=contact_id))
    write_rows(Activity, activities)
    write_rows(ActivityContact, links)
