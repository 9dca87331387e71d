"""Choices under this protocol's own words, where the domain calls them otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from api.vtiger.errors import FieldError
from api.vtiger.grammar import Comparison
from api.vtiger.mapping.choices import ChoiceField, by_words, choice_for, picked_from
from api.vtiger.mapping.comparing import among
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.plain import TextField
from contacts.access import Actor
from contacts.errors import Fault
from contacts.fields import catalogue
from contacts.fields.field import Choice
from contacts.fields.text import fold
from contacts.query import Condition, SortKey

LEAD_SOURCES = {
    "cold_call": "Cold Call",
    "existing_customer": "Existing Customer",
    "self_generated": "Self Generated",
    "employee": "Employee",
    "partner": "Partner",
    "public_relations": "Public Relations",
    "direct_mail": "Direct Mail",
    "conference": "Conference",
    "trade_show": "Trade Show",
    "website": "Web Site",
    "word_of_mouth": "Word of mouth",
    "other": "Other",
}
TASK_STATUSES = {
    "not_started": "Not Started",
    "in_progress": "In Progress",
    "completed": "Completed",
    "pending_input": "Pending Input",
    "deferred": "Deferred",
    "scheduled": "Planned",
}
EVENT_STATUSES = {"scheduled": "Planned", "completed": "Held", "cancelled": "Not Held"}
TASK_PRIORITIES = {"urgent": "High", "normal": "Medium", "low": "Low"}
EVENT_TYPES = {"phone_call": "Call", "meeting": "Meeting"}
TICKET_PRIORITIES = {"low": "Low", "normal": "Normal", "high": "High", "urgent": "Urgent"}
TICKET_STATUSES = {
    "new": "Open",
    "in_progress": "In Progress",
    "feedback": "Wait For Response",
    "closed": "Closed",
}


@dataclass(frozen=True, kw_only=True)
class WordsField(ChoiceField):
    """One of a list; ``words`` are this protocol's for choices by their machine names.

    They are offered in their order, before what the list has besides unless it ``offers_only``
    them.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    offers_only: bool = False
    # A choice, by its machine name, that records of this module do not have.
    but: str = ""

    def described(self, actor: Actor) -> Wire:
        """Add what there is to choose from; the first is called the default."""
        return picked_from(list(dict.fromkeys((*self.words.values(), *self._others(actor)))))

    def _others(self, actor: Actor) -> Iterator[str]:
        if self.offers_only:
            return
        for choice in self.field(actor).choices:
            if choice.is_active and choice.name not in self.words and choice.name != self.but:
                yield str(choice.label)

    def shown(self, document: Document, look: Look) -> str:
        """Return this protocol's word, else the label."""
        value = self.value(document) if self.path else document.get(f"{self.key}_id")
        choice = catalogue(self.kind).by_key[self.key].choice_of(value) if value else None
        return self._word(choice) if choice else ""

    def put(self, text: str, draft: Draft) -> None:
        """Write the choice of a word; other words are labels. Raises VtigerError."""
        found = self.field(draft.actor)
        wanted = fold(text)
        others = (each for each in found.choices if self.but and each.name == self.but)
        if any(fold(str(each.label)) == wanted for each in others):
            raise FieldError(self.name, Fault(self.key, "not_in_list", {"value": text}))
        named = (each for each in found.choices if self._is(each, wanted))
        choice = next(named, None)
        value = choice.value if choice else choice_for(draft.actor, found, text.strip())
        draft.values[self.key] = value

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the words."""
        found = self.field(actor)
        known = [(choice.value, self._word(choice)) for choice in found.choices]
        return among(found, known, comparison)

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the words."""
        found = self.field(actor)
        words = {choice.value: self._word(choice) for choice in found.choices}
        return by_words(found, words, descending=descending)

    def _is(self, choice: Choice, wanted: str) -> bool:
        return choice.name in self.words and fold(self.words[choice.name]) == wanted

    def _word(self, choice: Choice) -> str:
        return self.words.get(choice.name, str(choice.label))


@dataclass(frozen=True, kw_only=True)
class OfferedField(TextField):
    """A text of which this protocol says what is usual."""

    type: str = "picklist"
    offers: tuple[str, ...]

    def described(self, actor: Actor) -> Wire:
        """Add what is usual; the first is called the default."""
        return picked_from(self.offers)
