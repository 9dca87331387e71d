"""Fields whose values come from a list: picklists and tags."""

from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import among
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.plain import KeyField
from contacts.access import Actor
from contacts.fields import Field, catalogue, reference
from contacts.query import Condition


@dataclass(frozen=True, kw_only=True)
class ChoiceField(KeyField):
    """One of a list that administrators edit; shown and written by its label."""

    type: str = "picklist"

    def described(self, actor: Actor) -> Wire:
        """Add what there is to choose from; the first is called the default."""
        labels = [str(each.label) for each in self.field(actor).choices if each.is_active]
        return {
            "picklistValues": [{"label": label, "value": label} for label in labels],
            "defaultValue": labels[0] if labels else "",
        }

    def shown(self, document: Document, look: Look) -> str:
        """Return the label."""
        return label_of(catalogue(self.kind).by_key[self.key], document.get(f"{self.key}_id"))

    def put(self, text: str, draft: Draft) -> None:
        """Leave the finding to the domain."""
        draft.values[self.key] = text

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the labels."""
        field = self.field(actor)
        known = [(choice.value, str(choice.label)) for choice in field.choices]
        return among(field, known, comparison)


def label_of(field: Field, value: object) -> str:
    """Return what people read for a choice, "" for none."""
    choice = field.choice_of(value) if value is not None else None
    return str(choice.label) if choice else ""


@dataclass(frozen=True, kw_only=True)
class TagsField(KeyField):
    """Tags between commas. A comparison asks whether one of them is such."""

    def shown(self, document: Document, look: Look) -> str:
        """Return the names."""
        names = reference.tags()
        return ",".join(names.name_of(pk) for pk in document.get(self.key, ()))

    def put(self, text: str, draft: Draft) -> None:
        """Read the names; each once."""
        names = (name.strip() for name in text.split(","))
        draft.values[self.key] = list(dict.fromkeys(name for name in names if name))

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare each name."""
        known = [(tag.id, tag.name) for tag in reference.tags().by_id.values()]
        return among(self.field(actor), known, comparison)
