"""Find which contacts are like each other: by e-mail, phone, name, the sound of a name.

Reads the comparison keys alone, so that a night's search over everybody costs a few statements.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.db.models.functions import Length, Right

from contacts.fields.contact_declaring import CODES
from contacts.models import Contact, ContactKey, LikenessRule

Item = TypeVar("Item")
Pair = tuple[int, int]
Reasons = dict[Pair, set[str]]

# What each thing in common says, out of 100, unless a rule says otherwise. What comes below
# LEAST_SCORE is not worth a look.
WEIGHTS: Mapping[str, int] = {"email": 60, "phone": 50, "name": 40, "sound": 25, "company": 15}
LEAST_SCORE = 40

# What more contacts than these share is an office's phone or a common name and says nothing.
MOST_SHARING = 8
# Two spellings of one number differ in front, by the codes of country and trunk.
PHONE_TAIL, LEAST_DIGITS = 8, 7
CHUNK = 500

_NO_LETTER = re.compile(r"[^a-z]")
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "k"),
    ("tz", "z"),
    ("ts", "z"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("v", "f"),
    ("w", "f"),
    ("d", "t"),
    ("b", "p"),
    ("g", "k"),
    ("z", "s"),
    ("j", "y"),
)
_VOWELS = re.compile(r"(?<=.)[aeiouyh]")
_TWICE = re.compile(r"(.)\1+")


def weights_in_force() -> dict[str, int]:
    """Return how much each thing in common says here."""
    said = dict(LikenessRule.objects.values_list("reason", "weight"))
    return {reason: said.get(reason, usual) for reason, usual in WEIGHTS.items()}


def score_of(reasons: Iterable[str], weights: Mapping[str, int] = WEIGHTS) -> int:
    """Return how much speaks for two contacts being one, up to 100."""
    return min(100, sum(weights[reason] for reason in reasons))


def like_pairs() -> Reasons:
    """Return the pairs that are like enough, with what they have in common."""
    found: Reasons = defaultdict(set)
    for reason, groups in (
        ("email", _sharing("emails")),
        ("phone", _sharing_phones()),
        ("name", _sharing("full_name")),
        ("sound", _sounding_alike()),
    ):
        for ids in groups:
            for pair in combinations(sorted(set(ids)), 2):
                found[pair].add(reason)
    found = _of_one_kind(found)
    for pair in _of_one_company(found):
        found[pair].add("company")
    for reasons in found.values():
        if "name" in reasons:
            # A name that is the same sounds the same; that is no second reason.
            reasons.discard("sound")
    weights = weights_in_force()
    return {
        pair: reasons
        for pair, reasons in found.items()
        if score_of(reasons, weights) >= LEAST_SCORE
    }


def sound_of(name: str) -> str:
    """Return how a folded name sounds, its words in any order; "" where that cannot be said."""
    words = sorted(_sound_of_word(word) for word in name.split())
    return " ".join(words) if len(words) > 1 and all(words) else ""


def _sound_of_word(word: str) -> str:
    letters = _NO_LETTER.sub("", word)
    for written, spoken in _SOUNDS:
        letters = letters.replace(written, spoken)
    return _TWICE.sub(r"\1", _VOWELS.sub("", letters))


def _keys(name: str) -> QuerySet[ContactKey]:
    return ContactKey.objects.order_by().filter(
        code=CODES[name], contact__archived_at=None, contact__is_user=False
    )


def _sharing(name: str) -> Iterator[list[int]]:
    """Yield the contacts that share a text."""
    return _grouped(_keys(name).exclude(text=""), "text")


def _sharing_phones() -> Iterator[list[int]]:
    keys = _keys("phone_digits").annotate(length=Length("text"), tail=Right("text", PHONE_TAIL))
    return _grouped(keys.filter(length__gte=LEAST_DIGITS), "tail")


def _grouped(keys: QuerySet[ContactKey], column: str) -> Iterator[list[int]]:
    counted = keys.values(column).annotate(shared=Count("contact", distinct=True))
    shared = counted.filter(shared__gt=1, shared__lte=MOST_SHARING)
    texts = list(shared.values_list(column, flat=True))
    for chunk in _chunks(texts):
        groups: dict[str, list[int]] = defaultdict(list)
        rows = keys.filter(**{f"{column}__in": chunk}).values_list(column, "contact_id")
        for text, contact_id in rows:
            groups[text].append(contact_id)
        yield from groups.values()


def _chunks(everything: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]


def _sounding_alike() -> Iterator[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    rows = _keys("full_name").values_list("text", "contact_id")
    for text, contact_id in rows.iterator():
        sound = sound_of(text)
        if sound:
            # Numbers take less room than texts; that two sounds meet in one is rare and harmless.
            groups[hash(sound)].append(contact_id)
    yield from (ids for ids in groups.values() if 1 < len(ids) <= MOST_SHARING)


def _of_one_kind(pairs: Reasons) -> Reasons:
    """Return the pairs without those of a person and a company: they can share an address."""
    kinds: dict[int, str] = {}
    for chunk in _chunks(_contacts_of(pairs)):
        kinds.update(Contact.objects.filter(pk__in=chunk).values_list("pk", "kind"))
    return {pair: reasons for pair, reasons in pairs.items() if _is_same(kinds, pair)}


def _of_one_company(pairs: Reasons) -> list[Pair]:
    companies: dict[int, str] = {}
    for chunk in _chunks(_contacts_of(pairs)):
        rows = _keys("company").filter(contact_id__in=chunk)
        companies.update(rows.values_list("contact_id", "text"))
    return [pair for pair in pairs if _is_same(companies, pair)]


def _contacts_of(pairs: Iterable[Pair]) -> list[int]:
    return sorted({pk for pair in pairs for pk in pair})


def _is_same(texts: Mapping[int, str], pair: Pair) -> bool:
    first, second = (texts.get(pk, "") for pk in pair)
    return bool(first) and first == second
