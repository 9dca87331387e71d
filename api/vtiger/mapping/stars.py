"""The star: a mark that each user sets for itself."""

from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import EVERYTHING, NOTHING, is_so, one_of
from api.vtiger.mapping.field import Document, Draft, Look
from api.vtiger.mapping.plain import KeyField
from contacts.access import Actor
from contacts.fields.ordering_by import having
from contacts.query import Condition, Not, SortKey


@dataclass(frozen=True, kw_only=True)
class StarField(KeyField):
    """Whether the caller follows the record."""

    name: str = "starred"
    label: str = "starred"
    type: str = "boolean"
    key: str = "followers"

    def shown(self, document: Document, look: Look) -> str:
        """Return 1 or 0."""
        return "1" if look.actor.user_id in document.get(self.key, ()) else "0"

    def put(self, text: str, draft: Draft) -> None:
        """Remember the wish: it is no value of the record."""
        draft.is_followed = text.strip().lower() in ("1", "on", "true", "yes")

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the digits."""
        said = {text: is_so(text, comparison) for text in ("0", "1")}
        if said["0"] and said["1"]:
            return EVERYTHING
        followed = one_of(self.field(actor), [actor.user_id])
        if said["1"]:
            return followed
        return Not(followed) if said["0"] else NOTHING

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the digit."""
        if actor.user_id is None:
            return None
        return SortKey(having(self.field(actor), actor.user_id), descending)
