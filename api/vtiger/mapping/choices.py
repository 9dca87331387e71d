"""Fields whose values come from a list: picklists and tags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import EVERYTHING, NOTHING, among
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.plain import KeyField, TextField
from contacts.access import Actor
from contacts.fields import Field, catalogue, compare, reference
from contacts.fields.ordering_by import in_order_of
from contacts.fields.text import fold
from contacts.query import And, Compare, Condition, Not, Or, SortKey
from contacts.services.unlisted import unlisted_choice

# Between the values of a field that has several.
SEVERAL = " |##| "


@dataclass(frozen=True, kw_only=True)
class ChoiceField(KeyField):
    """One of a list that administrators edit; shown and written by its label."""

    type: str = "picklist"

    def described(self, actor: Actor) -> Wire:
        """Add what there is to choose from; the first is called the default."""
        return picklist(self.field(actor))

    def shown(self, document: Document, look: Look) -> str:
        """Return the label."""
        value = self.value(document) if self.path else document.get(f"{self.key}_id")
        return label_of(catalogue(self.kind).by_key[self.key], value)

    def put(self, text: str, draft: Draft) -> None:
        """Write the choice; a word that the list does not have is kept, as the original does."""
        draft.values[self.key] = choice_for(draft.actor, self.field(draft.actor), text.strip())

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the labels."""
        field = self.field(actor)
        known = [(choice.value, str(choice.label)) for choice in field.choices]
        return among(field, known, comparison)

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the labels."""
        field = self.field(actor)
        return by_words(
            field, {each.value: str(each.label) for each in field.choices}, descending=descending
        )


def by_words(field: Field, words: Mapping[object, str], *, descending: bool) -> SortKey:
    """Return the order of choices by the words under which they are shown."""
    ordered = sorted(words, key=lambda value: fold(words[value]))
    return SortKey(in_order_of(field, ordered), descending)


@dataclass(frozen=True, kw_only=True)
class SuggestedField(TextField):
    """A text for which a list says what is usual."""

    type: str = "picklist"

    def described(self, actor: Actor) -> Wire:
        """Add what is usual; the first is called the default."""
        return picklist(self.field(actor))


@dataclass(frozen=True, kw_only=True)
class SeveralField(KeyField):
    """Several of a list.

    A comparison asks whether one of them is such; several joined are all that there are.
    """

    type: str = "multipicklist"

    def described(self, actor: Actor) -> Wire:
        """Add what there is to choose from."""
        return picklist(self.field(actor))

    def shown(self, document: Document, look: Look) -> str:
        """Return the labels."""
        value = self.value(document)
        several = value if isinstance(value, list) else [value]
        field = catalogue(self.kind).by_key[self.key]
        return SEVERAL.join(label_of(field, each) for each in several if each is not None)

    def put(self, text: str, draft: Draft) -> None:
        """Write the choices."""
        field = self.field(draft.actor)
        labels = (label.strip() for label in text.split(SEVERAL.strip()))
        chosen = (choice_for(draft.actor, field, label) for label in labels if label)
        draft.values[self.key] = list(dict.fromkeys(chosen))

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare each label."""
        field = self.field(actor)
        known = [(choice.value, str(choice.label)) for choice in field.choices]
        if comparison.operator not in ("=", "!=", "in"):
            return among(field, known, comparison)
        same = Or(tuple(self._is(field, known, text) for text in comparison.values))
        return Not(same) if comparison.operator == "!=" else same

    def _is(self, field: Field, known: Sequence[tuple[object, str]], text: str) -> Condition:
        wanted = {fold(part) for part in text.split(SEVERAL.strip())}
        if len(wanted) < 2:
            return among(field, known, Comparison(self.name, "=", (text,)))
        chosen = [value for value, label in known if fold(label) in wanted]
        if len(chosen) < len(wanted):
            return NOTHING
        others = [value for value, _label in known if value not in chosen]
        no_other = Not(Compare(field, compare(field, "in", others))) if others else EVERYTHING
        return And((*(Compare(field, compare(field, "in", [each])) for each in chosen), no_other))

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the first label."""
        field = self.field(actor)
        words = {each.value: str(each.label) for each in field.choices}
        return by_words(field, words, descending=descending)


def picklist(field: Field) -> Wire:
    """Return what ``describe`` says of a list to choose from."""
    return picked_from([str(each.label) for each in field.choices if each.is_active])


def picked_from(labels: Sequence[str]) -> Wire:
    """Return what ``describe`` says of these labels to choose from."""
    return {
        "picklistValues": [{"label": label, "value": label} for label in labels],
        "defaultValue": labels[0] if labels else "",
    }


def choice_for(actor: Actor, field: Field, label: str) -> object:
    """Return the stored value for a label, None for a blank one."""
    return unlisted_choice(actor, field, label) if label else None


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
        """Read the names, which a list of them has joined otherwise; each once.

        A name of the record's own may hold commas.
        """
        known = reference.tags()
        own = [known.name_of(pk) for pk in draft.document.get(self.key, ())]
        rest, names = f",{text.replace(SEVERAL.strip(), ',')},", list[str]()
        for name in own:
            if "," in name and f",{name}," in rest:
                rest = rest.replace(f",{name},", ",", 1)
                names.append(name)
        names += [name.strip() for name in rest.split(",")]
        draft.values[self.key] = list(dict.fromkeys(name for name in names if name))

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare each name."""
        known = [(tag.id, tag.name) for tag in reference.tags().by_id.values()]
        return among(self.field(actor), known, comparison)
