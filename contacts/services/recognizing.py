"""Find the contacts that are meant by what somebody writes of them.

A *sign* is a text by which a contact is known: an e-mail address, a number. What is written and
what is stored have a sign in common where they mean the same contact. Only living contacts that
the actor sees are known to it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.fields.text import digits_of, e164_of, fold, key_of
from contacts.index.naming import derive_names
from contacts.models import Contact, EmailAddress, Phone
from contacts.services.form_texts import main_texts

Values = Mapping[str, object]
Known = dict[str, list[int]]
Found = Iterable[tuple[str, int]]

EMAIL, PHONE, NAME, IDENTIFIER, NUMBER = "email", "phone", "name", "identifier", "number"
AT_ONCE = 500
# The columns that a name is made of.
NAMES = (
    *("first_name", "middle_name", "last_name", "nickname"),
    *("organization_name", "household_name", "company"),
)
# Fewer digits are no number that leads to somebody.
LEAST_DIGITS = 5
BETWEEN = "\t"


def signs_of(rule: str, values: Values) -> list[str]:
    """Return by which signs a contact is known that is written so; none where it tells none."""
    return list(dict.fromkeys(sign for sign in RULES[rule].written(values) if sign))


def find_known(actor: Actor, rule: str, signs: Collection[str]) -> Known:
    """Return the contacts with each of the signs, the oldest first."""
    known: dict[str, set[int]] = defaultdict(set)
    wanted = list(dict.fromkeys(signs))
    for start in range(0, len(wanted), AT_ONCE):
        for sign, contact_id in RULES[rule].stored(actor, wanted[start : start + AT_ONCE]):
            known[sign].add(contact_id)
    return {sign: sorted(ids) for sign, ids in known.items()}


def _emails(values: Values) -> Iterable[str]:
    return (key_of(text)[:254] for text in main_texts("emails", values.get("emails")))


def _known_emails(actor: Actor, signs: Sequence[str]) -> Found:
    rows = EmailAddress.objects.filter(address_key__in=signs).order_by()
    return _of_seen(actor, list(rows.values_list("address_key", "contact_id")))


def _phones(values: Values) -> Iterable[str]:
    for text in main_texts("phones", values.get("phones")):
        digits = digits_of(e164_of(text) or text)
        yield digits if len(digits) >= LEAST_DIGITS else ""


def _known_phones(actor: Actor, signs: Sequence[str]) -> Found:
    written = Q(digits__in=signs) | Q(e164__in=[f"+{sign}" for sign in signs])
    rows = Phone.objects.filter(written).order_by()
    found = rows.values_list("digits", "e164", "contact_id")
    return _of_seen(actor, [(e164.removeprefix("+") or digits, pk) for digits, e164, pk in found])


def _names(values: Values) -> Iterable[str]:
    """Yield the name with the company: people of one name are many."""
    contact = Contact(kind=_kind_of(values))
    for name in NAMES:
        setattr(contact, name, str(values.get(name) or "").strip())
    derive_names(contact)
    yield BETWEEN.join((contact.name_key, contact.company_key)) if contact.name_key else ""


def _kind_of(values: Values) -> str:
    kind = fold(str(values.get("kind") or ""))
    return kind if kind in Contact.Kind.values else Contact.Kind.PERSON


def _known_names(actor: Actor, signs: Sequence[str]) -> Found:
    names = {sign.partition(BETWEEN)[0] for sign in signs}
    rows = _seen(actor).filter(name_key__in=names)
    for name, company, pk in rows.values_list("name_key", "company_key", "pk"):
        yield BETWEEN.join((name, company)), pk


def _known_identifiers(actor: Actor, signs: Sequence[str]) -> Found:
    rows = _seen(actor).filter(external_identifier__in=signs)
    return (
        (str(identifier), pk) for identifier, pk in rows.values_list("external_identifier", "pk")
    )


def _known_numbers(actor: Actor, signs: Sequence[str]) -> Found:
    rows = _seen(actor).filter(pk__in=[int(sign) for sign in signs])
    return ((str(pk), pk) for pk in rows.values_list("pk", flat=True))


def _number(values: Values) -> Iterable[str]:
    text = str(values.get("id") or "").strip()
    # Longer ones are beyond what both databases can count to.
    yield str(int(text)) if text.isascii() and text.isdigit() and len(text) <= 18 else ""


def _seen(actor: Actor) -> QuerySet[Contact]:
    return visible_contacts(actor, users=False)


def _of_seen(actor: Actor, found: Sequence[tuple[str, int]]) -> Found:
    """Leave out contacts that the actor does not see."""
    seen = set(_seen(actor).filter(pk__in={pk for _sign, pk in found}).values_list("pk", flat=True))
    return ((sign, pk) for sign, pk in found if pk in seen)


@dataclass(frozen=True, slots=True)
class _Signs:
    """How signs are read in what is written, and found in what is stored."""

    written: Callable[[Values], Iterable[str]]
    stored: Callable[[Actor, Sequence[str]], Found]


RULES = {
    EMAIL: _Signs(_emails, _known_emails),
    PHONE: _Signs(_phones, _known_phones),
    NAME: _Signs(_names, _known_names),
    IDENTIFIER: _Signs(
        lambda values: [str(values.get("external_identifier") or "").strip()], _known_identifiers
    ),
    NUMBER: _Signs(_number, _known_numbers),
}
