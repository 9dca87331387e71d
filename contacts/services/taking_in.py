"""Take in what is written of many contacts: new ones are made, known ones are left or completed.

Each is known by a rule (`recognizing`) or by none. What becomes of one does not depend on how many
come at once: who is written twice is new the first time and known the second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from contacts import history
from contacts.access import Actor
from contacts.errors import DomainError
from contacts.index import roll_back
from contacts.query import find_contacts
from contacts.services.completing import change_to
from contacts.services.contacts import create_contacts, update_contact
from contacts.services.recognizing import RULES, Known, find_known, signs_of

Values = Mapping[str, object]

SKIP, FILL, OVERWRITE, ASK = "skip", "fill", "overwrite", "ask"
WAYS = (SKIP, FILL, OVERWRITE, ASK)

# What becomes of one.
NEW, CHANGED, SAME, SKIPPED, ASKED, REFUSED = (
    "new",
    "changed",
    "same",
    "skipped",
    "asked",
    "refused",
)

# Under these words the history of a contact tells which row of which file it is from.
KIND, ACTION = "import", "imported"
ENTRY_CHANNEL = "import"


@dataclass(frozen=True, slots=True)
class Rule:
    """By which sign known contacts are recognised ("": all are new), and what then happens.

    "skip" leaves them, "fill" fills their gaps, "overwrite" lets what is written win, "ask" leaves
    them for a person to decide.
    """

    match: str = ""
    on_match: str = FILL


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of one contact; `origin` is kept in its history."""

    values: Values
    signs: Sequence[str] = ()
    origin: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one: of which contact, the reason of a refusal, who else was meant.

    `keys` are those of a changed contact's document.
    """

    what: str
    contact_id: int | None = None
    error: DomainError | None = None
    others: Sequence[int] = ()
    keys: Sequence[str] = ()


def written_of(rule: Rule, values: Values, origin: Values) -> Written:
    """Return what is written of a contact, with the signs by which it is known."""
    signs = signs_of(rule.match, values) if rule.match in RULES else []
    return Written({key: each for key, each in values.items() if key != "id"}, signs, origin)


def take_in(actor: Actor, rule: Rule, batch: Sequence[Written]) -> list[Taken]:
    """Take in what is written, in one transaction; returns what became of each.

    Raises ForbiddenError for whoever may not write at all.
    """
    actor.require_write()
    with transaction.atomic(savepoint=False):
        return _Batch(actor, rule, batch).taken()


class _Batch:
    """New contacts are stored together, as many as are not known by each other's signs."""

    def __init__(self, actor: Actor, rule: Rule, batch: Sequence[Written]) -> None:
        self.actor, self.rule, self.batch = actor, rule, batch
        signs = [sign for each in batch for sign in each.signs]
        self.known: Known = find_known(actor, rule.match, signs) if signs else {}
        self.outcomes: dict[int, Taken] = {}
        self.waiting: list[int] = []

    def taken(self) -> list[Taken]:
        waiting: set[str] = set()
        for place, each in enumerate(self.batch):
            if not waiting.isdisjoint(each.signs):
                self._store()
                waiting.clear()
            ids = sorted({pk for sign in each.signs for pk in self.known.get(sign, ())})
            if ids:
                self.outcomes[place] = self._known_one(each, ids)
            else:
                self.waiting.append(place)
                waiting.update(each.signs)
        self._store()
        outcomes = [self.outcomes[place] for place in range(len(self.batch))]
        self._tell(outcomes)
        return outcomes

    def _store(self) -> None:
        new = [self.batch[place].values for place in self.waiting]
        made = create_contacts(self.actor, new, entry_channel=ENTRY_CHANNEL)
        for place, outcome in zip(self.waiting, made, strict=True):
            if isinstance(outcome, DomainError):
                self.outcomes[place] = Taken(REFUSED, error=outcome)
                continue
            contact_id = int(str(outcome["id"]))
            self.outcomes[place] = Taken(NEW, contact_id)
            self._learn(place, contact_id)
        self.waiting = []

    def _learn(self, place: int, contact_id: int) -> None:
        for sign in self.batch[place].signs:
            self.known.setdefault(sign, [contact_id])

    def _known_one(self, each: Written, ids: Sequence[int]) -> Taken:
        """Do with a known contact as the rule says; of several it is the oldest."""
        first, *others = ids
        if self.rule.on_match in (SKIP, ASK):
            return Taken(SKIPPED if self.rule.on_match == SKIP else ASKED, first, others=others)
        try:
            keys = self._change(first, each.values)
        except DomainError as error:
            return Taken(REFUSED, first, error, others)
        for sign in each.signs:
            self.known.setdefault(sign, [first])
        return Taken(CHANGED if keys else SAME, first, others=others, keys=keys)

    def _change(self, contact_id: int, values: Values) -> list[str]:
        """Complete a contact; one to which nothing happens is not written at all."""
        overwrites = self.rule.on_match == OVERWRITE
        change = change_to(self.actor, values, overwrites=overwrites)
        before = find_contacts(self.actor, [contact_id]).get(contact_id, {})
        if before and not change(before):
            return []
        with transaction.atomic():
            after = update_contact(self.actor, contact_id, change)
            old, new = history.difference(before, after)
            if not old and not new:
                roll_back()
        return sorted(old.keys() | new.keys())

    def _tell(self, outcomes: Sequence[Taken]) -> None:
        """Write down which row each contact is from."""
        entries: list[tuple[int, str, Values, Values]] = [
            (each.contact_id, ACTION, {}, written.origin)
            for each, written in zip(outcomes, self.batch, strict=True)
            if each.what in (NEW, CHANGED) and each.contact_id is not None and written.origin
        ]
        if entries:
            history.record_many(self.actor, KIND, entries)
