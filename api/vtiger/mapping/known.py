"""Fields of small tables, compared by what they show: all records are looked at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.vtiger.errors import FieldError
from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_so
from api.vtiger.mapping.field import Document, Draft, Look, WireField
from api.vtiger.mapping.looking import PageLook
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import compare
from contacts.query import Compare, Condition, Query, field_of, search

# More people, groups or currencies than anybody has.
MOST = 10_000

# What a field shows of a document, and what it writes into a draft.
Show = Callable[[Document, Look], str]
Put = Callable[[str, Draft], None]


def leave(_text: str, _draft: Draft) -> None:
    """Write nothing."""


@dataclass(frozen=True, kw_only=True)
class KnownField(WireField):
    """A field of a small table: how it is shown decides how it compares."""

    kind: str
    show: Show
    write: Put = leave
    more: Mapping[str, Any] | None = None
    looks_at: str = ""
    # What the domain calls it where that is refused.
    keys: tuple[str, ...] = ()

    def described(self, actor: Actor) -> dict[str, object]:
        """Add what the type has besides its name."""
        return dict(self.more or {})

    def refers_to(self, document: Document) -> list[tuple[str, int]]:
        """Name the contact of a user where the field is one of the contact's."""
        record_id = document.get(f"{self.looks_at}_id") if self.looks_at else None
        return [(self.looks_at, record_id)] if record_id else []

    def shown(self, document: Document, look: Look) -> str:
        """Return what the field shows."""
        return self.show(document, look)

    def put(self, text: str, draft: Draft) -> None:
        """Write as the field says; raises VtigerError."""
        try:
            self.write(text, draft)
        except InvalidError as error:
            raise FieldError(self.name, error.faults[0]) from None

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Choose the records by what they show."""
        documents = search(actor, Query(self.kind, limit=MOST)).documents
        look = PageLook(actor, documents, [self])
        chosen = [each["id"] for each in documents if is_so(self.shown(each, look), comparison)]
        found = field_of(actor, self.kind, "id")
        return Compare(found, compare(found, "in", chosen))


def key_shown(key: str) -> Show:
    """Return a function that shows a text of the document."""
    return lambda document, _look: str(document.get(key) or "")


def key_put(key: str) -> Put:
    """Return a function that leaves the reading of a text to the domain."""

    def put(text: str, draft: Draft) -> None:
        draft.values[key] = text

    return put


def flag_shown(key: str, yes: str, no: str) -> Show:
    """Return a function that shows one of two words."""
    return lambda document, _look: yes if document.get(key) else no


def flag_put(key: str, yes: str, no: str) -> Put:
    """Return a function that reads one of two words, or a truth; a blank leaves it as it is."""
    words = {yes.lower(): True, no.lower(): False, "1": True, "0": False}

    def put(text: str, draft: Draft) -> None:
        word = text.strip().lower()
        if word and word not in words:
            raise InvalidError([Fault(key, "not_in_list", {"value": text})])
        if word:
            draft.values[key] = words[word]

    return put


def fixed(value: str) -> Show:
    """Return a function that shows the same of every record."""
    return lambda _document, _look: value
