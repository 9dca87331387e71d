"""Put one synthetic contact together."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from contacts.fields import Field, catalogue, reference
from contacts.fields.text import digits_of, e164_of, fold, key_of
from contacts.index import ContactParts
from contacts.models import (
    Contact,
    CustomValue,
    EmailAddress,
    Membership,
    MembershipLevel,
    Messenger,
    Option,
    Phone,
    PostalAddress,
    Website,
)
from contacts.services.custom_values import fill
from crm.demo.cultures import CULTURES, Culture
from crm.demo.names import COMPANY_KINDS, COMPANY_WORDS, JOBS, MAIL_PROVIDERS, RANKS

# One fixed day, so that the same seed gives the same contacts whenever it runs.
TODAY = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
Thing = TypeVar("Thing")

COMPANY_SHARE = 0.12
JOB_SHARE = 0.7
RANK_SHARE = 0.3
RARE_SHARE = 0.5
MEMBER_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Stock:
    """What contacts are linked to: read once for a whole run."""

    tag_ids: tuple[int, ...]
    project_ids: tuple[int, ...]
    user_ids: tuple[int, ...]
    countries: dict[str, int]
    phone: Option
    mobile: Option
    home: Option
    work: Option
    skype: Option
    fields: tuple[Field, ...]
    level_ids: tuple[int, ...]
    companies: list[tuple[int, str]]


def stock(tag_ids: list[int], project_ids: list[int]) -> Stock:
    """Return what is there to link to."""
    options = reference.options()
    levels = MembershipLevel.objects.filter(type=MembershipLevel.Type.INDIVIDUAL)

    def named(list_name: str, name: str) -> Option:
        found = options.named(list_name, name)
        return found if found is not None else options.of(list_name)[0]

    return Stock(
        tuple(tag_ids),
        tuple(project_ids),
        tuple(sorted(reference.users().by_id)),
        {country.key: country.id for country in reference.countries().by_id.values()},
        named("phone_type", "phone"),
        named("phone_type", "mobile"),
        named("location_type", "home"),
        named("location_type", "work"),
        named("messenger_service", "skype"),
        tuple(catalogue("contact").custom()),
        tuple(levels.values_list("pk", flat=True)),
        [],
    )


def make_contact(chance: random.Random, number: int, around: Stock) -> ContactParts:
    """Return the rows of one contact; a company now and then, else a person."""
    culture = _early(chance, CULTURES)
    created = TODAY - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
    contact = Contact(
        created_at=created,
        updated_at=created + timedelta(minutes=chance.randrange(100_000)),
        visibility=chance.choices((0, 1, 2), (60, 30, 10))[0],
        entry_channel="demo",
        author_id=chance.choice(around.user_ids) if around.user_ids else None,
        owner_id=chance.choice(around.user_ids)
        if around.user_ids and chance.random() < 0.5
        else None,
    )
    parts = ContactParts(contact)
    if chance.random() < COMPANY_SHARE:
        handle = _company(chance, contact, number)
    else:
        handle = _person(chance, parts, culture, number, around)
    _channels(chance, parts, culture, handle, around)
    _links(chance, parts, around)
    _custom(chance, parts, around)
    _membership(chance, parts, around)
    return parts


def _company(chance: random.Random, contact: Contact, number: int) -> str:
    contact.kind = Contact.Kind.ORGANIZATION
    word, kind = chance.choice(COMPANY_WORDS), chance.choice(COMPANY_KINDS)
    contact.organization_name = f"{word} {kind} {number}"
    contact.employee_count = chance.randrange(1, 5_000)
    return f"office{number}"


def _person(
    chance: random.Random, parts: ContactParts, culture: Culture, number: int, around: Stock
) -> str:
    contact = parts.contact
    contact.first_name = chance.choice(culture.first)
    contact.last_name = _family_name(chance, culture)
    contact.job_title = _job(chance) if chance.random() < JOB_SHARE else ""
    if chance.random() < 0.3:
        contact.birthday = date(
            1945 + chance.randrange(60), chance.randrange(1, 13), chance.randrange(1, 29)
        )
    if around.companies and chance.random() < 0.6:
        company_id, contact.company = chance.choice(around.companies)
        contact.employer_id = company_id
        parts.company_ids = [company_id]
    if chance.random() < 0.15:
        contact.background = f"{contact.first_name} came to us through a friend."
    return _handle(contact, number)


def _early(chance: random.Random, things: Sequence[Thing]) -> Thing:
    """Return one of them, the first ones much more often than the last."""
    return things[int(len(things) * chance.random() ** 2)]


def _family_name(chance: random.Random, culture: Culture) -> str:
    if chance.random() < RARE_SHARE:
        beginnings, ends = culture.rare
        return _early(chance, beginnings) + _early(chance, ends)
    return chance.choice(culture.last)


def _job(chance: random.Random) -> str:
    job = _early(chance, JOBS)
    return f"{_early(chance, RANKS)} {job}" if chance.random() < RANK_SHARE else job


def _handle(contact: Contact, number: int) -> str:
    """Return what stands before the @: the name where Latin letters write it, and the number."""
    first, last = fold(contact.first_name), fold(contact.last_name)
    return f"{first}.{last}{number}" if (first + last).isascii() else f"person{number}"


def _channels(
    chance: random.Random, parts: ContactParts, culture: Culture, handle: str, around: Stock
) -> None:
    for position in range(chance.choices((0, 1, 2), (10, 65, 25))[0]):
        address = f"{handle}@{_early(chance, MAIL_PROVIDERS)}"
        if position and address == parts.emails[0].address:
            continue
        parts.emails.append(
            EmailAddress(
                address=address,
                address_key=key_of(address),
                position=position,
                is_primary=position == 0,
                location=around.home if position else around.work,
            )
        )
    for position in range(chance.choices((0, 1, 2), (20, 55, 25))[0]):
        form = f"{culture.dial}-##-##"
        number = "".join(str(chance.randrange(10)) if each == "#" else each for each in form)
        parts.phones.append(
            Phone(
                number=number,
                digits=digits_of(number),
                e164=e164_of(number),
                position=position,
                is_primary=position == 0,
                type=around.mobile if position else around.phone,
                location=around.work,
            )
        )
    if chance.random() < 0.75:
        parts.addresses.append(_address(chance, culture, around))
    if chance.random() < 0.2:
        parts.websites.append(Website(url=f"https://{handle}.example.com"))
    if chance.random() < 0.1:
        parts.messengers.append(Messenger(handle=handle, service=around.skype, is_primary=True))


def _address(chance: random.Random, culture: Culture, around: Stock) -> PostalAddress:
    city, region, postcode = chance.choice(culture.cities)
    return PostalAddress(
        street1=f"{chance.choice(culture.streets)} {chance.randrange(1, 200)}",
        city=city,
        region=region,
        postcode=postcode,
        country_id=around.countries[culture.country],
        is_primary=True,
        location=around.work,
    )


def _links(chance: random.Random, parts: ContactParts, around: Stock) -> None:
    # The first tags are on many contacts, the last on few, as in life.
    wanted = chance.choices((0, 1, 2, 3, 4), (25, 25, 25, 15, 10))[0]
    weights = [1 / (rank + 1) for rank in range(len(around.tag_ids))]
    if around.tag_ids:
        parts.tag_ids = list(dict.fromkeys(chance.choices(around.tag_ids, weights, k=wanted)))
    count = 1 + (chance.random() < 0.2)
    parts.project_ids = list(dict.fromkeys(chance.choices(around.project_ids, k=count)))


def _membership(chance: random.Random, parts: ContactParts, around: Stock) -> None:
    contact = parts.contact
    if contact.kind != Contact.Kind.PERSON or chance.random() >= MEMBER_SHARE:
        return
    parts.membership = Membership(
        level_id=chance.choice(around.level_ids),
        status=chance.choices(tuple(Membership.Status), (70, 15, 5, 8, 2))[0],
        since=contact.created_at,
        level_changed_at=contact.created_at,
        renewal_due=TODAY.date() + timedelta(days=chance.randrange(-60, 365)),
        is_enabled=chance.random() < 0.97,
    )
    if chance.random() < 0.3:
        contact.total_donated = Decimal(f"{chance.randrange(10, 2_000)}.00")


def _custom(chance: random.Random, parts: ContactParts, around: Stock) -> None:
    for field in around.fields:
        if field.custom_id is None or chance.random() < 0.5:
            continue
        value = _custom_value(chance, field)
        if value is not None:
            row = CustomValue(field_id=field.custom_id)
            fill(row, field, value)
            parts.custom.append(row)


def _custom_value(chance: random.Random, field: Field) -> object:
    if field.choices:
        return chance.choice(field.choices).value
    makers: dict[str, Callable[[], object]] = {
        "text": lambda: fold(f"note {chance.randrange(1_000)}"),
        "integer": lambda: chance.randrange(100_000),
        "decimal": lambda: Decimal(chance.randrange(100_000)) / 100,
        "date": lambda: date(2020 + chance.randrange(6), chance.randrange(1, 13), 1),
        "boolean": lambda: chance.random() < 0.5,
    }
    make = makers.get(field.type.name)
    return make() if make else None
