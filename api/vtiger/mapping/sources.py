"""Through which door a record came, in this protocol's words."""

from dataclasses import dataclass
from functools import cache

from api.base.discovery import dialects
from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_so
from api.vtiger.mapping.field import Document, Draft, Look
from api.vtiger.mapping.plain import KeyField
from contacts.access import Actor
from contacts.fields import compare
from contacts.query import Compare, Condition, Not, Or

DOORS = {"form": "WEBFORM", "import": "IMPORT"}
PROGRAM, PEOPLE = "WEBSERVICE", "CRM"


@dataclass(frozen=True, kw_only=True)
class SourceField(KeyField):
    """Where a record comes from: programs, forms, imports; everything else is the CRM itself."""

    is_editable: bool = False

    def shown(self, document: Document, look: Look) -> str:
        """Return the word."""
        return _words().get(str(document.get(self.key) or ""), PEOPLE)

    def put(self, text: str, draft: Draft) -> None:
        """Leave it."""

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the words."""
        field = self.field(actor)
        words = _words()
        chosen = [door for door, word in words.items() if is_so(word, comparison)]
        parts: list[Condition] = []
        if chosen:
            parts.append(Compare(field, compare(field, "in", chosen)))
        if is_so(PEOPLE, comparison):
            parts.append(Not(Compare(field, compare(field, "in", list(words)))))
        return Or(tuple(parts))


@cache
def _words() -> dict[str, str]:
    """Return the word of each door; which dialects are spoken stays while a process runs."""
    return {**DOORS, **{dialect.name: PROGRAM for dialect in dialects()}}
