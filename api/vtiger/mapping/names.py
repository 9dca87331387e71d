"""Names that stand elsewhere for one kind of contact: of a household, and of a company."""

from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_so, text_condition
from api.vtiger.mapping.field import Document, Draft, Look
from api.vtiger.mapping.plain import TextField
from contacts.access import Actor
from contacts.query import And, Condition, Or, field_of


@dataclass(frozen=True, kw_only=True)
class NameField(TextField):
    """A name, which contacts of ``other_kind`` have under another key."""

    other_kind: str
    other_key: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what the domain calls it besides."""
        return (self.other_key,)

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
            text_condition(field_of(actor, self.kind, self.other_key), comparison),
        )
        # True of the empty text, it is true of the one that the contact does not have.
        return And(both) if is_so("", comparison) else Or(both)

    def _key(self, document: Document) -> str:
        return self.other_key if document.get("kind") == self.other_kind else self.key


@dataclass(frozen=True, kw_only=True)
class FamilyNameField(NameField):
    """The last name of a person, or the name of a household."""

    key: str = "last_name"
    other_kind: str = "household"
    other_key: str = "household_name"


@dataclass(frozen=True, kw_only=True)
class CompanyNameField(NameField):
    """The company of a person, or the name of an organization."""

    key: str = "company"
    other_kind: str = "organization"
    other_key: str = "organization_name"
