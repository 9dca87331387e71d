"""The family name: of a household it is the household's own name."""

from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_so, text_condition
from api.vtiger.mapping.field import Document, Draft, Look
from api.vtiger.mapping.plain import TextField
from contacts.access import Actor
from contacts.query import And, Condition, Or, field_of

HOUSEHOLD = "household_name"


@dataclass(frozen=True, kw_only=True)
class FamilyNameField(TextField):
    """The last name of a person, or the name of a household."""

    def shown(self, document: Document, look: Look) -> str:
        """Return the name."""
        return str(document.get(self._key(document)) or "")

    def put(self, text: str, draft: Draft) -> None:
        """Write the name where this kind of contact has it."""
        draft.values[self._key(draft.document)] = text

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare both; a contact has at most one of them."""
        both = (
            text_condition(self.field(actor), comparison),
            text_condition(field_of(actor, self.kind, HOUSEHOLD), comparison),
        )
        # True of the empty text, it is true of the one that the contact does not have.
        return And(both) if is_so("", comparison) else Or(both)

    def _key(self, document: Document) -> str:
        return HOUSEHOLD if document.get("kind") == "household" else self.key
