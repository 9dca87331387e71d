"""How the values of Contact are written that no other entity has."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from api.civicrm.errors import bad_operator, bad_option, bad_value
from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NEGATIVE, NOTHING, each_operand
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Format, Option, Text
from api.civicrm.mapping.options import OPPOSITES, choices_of, find_choice, meets
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import And, Condition, Not, Or, where

# The kinds of the domain by the names of the wire.
KINDS = {"Individual": "person", "Household": "household", "Organization": "organization"}
# Number, name, the number of the type that it is within, icon.
CONTACT_TYPES = (
    (1, "Individual", "", "fa-user"),
    (2, "Household", "", "fa-home"),
    (3, "Organization", "", "fa-building"),
    (4, "Student", "1", "fa-graduation-cap"),
    (5, "Parent", "1", "fa-user-circle-o"),
    (6, "Staff", "1", "fa-id-badge"),
    (7, "Team", "3", "fa-users"),
    (8, "Sponsor", "3", "fa-leaf"),
)
SUBTYPE_NAMES = tuple(name for _number, name, within, _icon in CONTACT_TYPES if within)
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(value: object) -> str | None:
    """Return the kind that a contact type names, or None."""
    return KINDS.get(value.strip().capitalize()) if isinstance(value, str) else None


class Kind(Text):
    """The type of a contact; an unknown one in a filter matches nothing."""

    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the name of the type."""
        return _NAMES.get(str(value), "")

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the kind."""
        kind = kind_of(value)
        if kind is None:
            raise bad_option(field.name, value)
        return kind

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the three types it takes."""
        taken = [kept for name, kept in KINDS.items() if meets(asked, name)]
        return where(actor, "kind", "in", taken) if taken else NOTHING


class NamedChoice(Option):
    """A choice of which the domain keeps the label: prefix and suffix of a name."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number of the choice; text that is no choice has none."""
        choice = find_choice(field.list_name, value) if value else None
        return choice.number if choice else ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the label."""
        return self.choice(value, field).label

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the choices it takes."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return where(actor, field.key, "is_empty", asked.operator == "IS NULL")
        if "LIKE" in asked.operator:
            raise bad_operator(asked.name)
        numbers = each_operand(asked, lambda item: int(self.choice(item, field).number))
        wanted = Filter(asked.name, asked.operator, numbers)
        labels = [
            each.label for each in choices_of(field.list_name) if meets(wanted, int(each.number))
        ]
        return where(actor, field.key, "in", labels) if labels else NOTHING


class Label(Format):
    """The label of a choice: what the domain keeps is an id, or the label itself."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the label."""
        if not value:
            return ""
        found = (each.label for each in choices_of(field.list_name) if each.stored == value)
        return value if isinstance(value, str) else next(found, "")


class CountryName(Option):
    """The name of a country."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the English name."""
        return reference.countries().name_of(value) if isinstance(value, int) else ""


class Several(Format):
    """Several choices of a list, which the domain keeps by their machine names."""

    is_list: ClassVar[bool] = True
    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the numbers as a list; nothing is an empty text."""
        names = value if isinstance(value, list | tuple) else ()
        found = (find_choice(field.list_name, str(name)) for name in names)
        return [choice.number for choice in found if choice] or ""

    def read(self, value: object, field: WireField, actor: Actor) -> list[str]:
        """Return the machine names."""
        return [self._named(item, field) for item in several(value)]

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means, by asking which of the choices it takes."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return where(actor, field.key, "is_empty", asked.operator == "IS NULL", kind=kind)
        positive = replace(asked, operator=NEGATIVE.get(asked.operator, asked.operator))
        if "LIKE" in asked.operator:
            taken = [
                each.name for each in choices_of(field.list_name) if meets(positive, each.label)
            ]
        elif positive.operator in ("=", "IN"):
            taken = self.read(asked.operand, field, actor)
        else:
            raise bad_operator(asked.name)
        return among(actor, kind, field.key, taken, asked)

    def _named(self, value: object, field: WireField) -> str:
        choice = find_choice(field.list_name, value)
        if choice is None:
            raise bad_option(field.name, value)
        return choice.name


def among(actor: Actor, kind: str, key: str, taken: Sequence[object], asked: Filter) -> Condition:
    """Return "has one of these", or for a negative operator "has others alone"."""
    found = where(actor, key, "has_any", taken, kind=kind) if taken else NOTHING
    if asked.operator in OPPOSITES:
        return And((Not(found), where(actor, key, "is_empty", False, kind=kind)))
    return found


def several(value: object) -> Sequence[object]:
    """Return the values of a list, of a map of ticked boxes, of a text with separators."""
    if isinstance(value, dict):
        # PHP's check boxes: {"1": 1, "3": 0}; or a list with numbers of its own.
        ticked = all(item in (0, 1, "0", "1", "") for item in value.values())
        return (
            [key for key, item in value.items() if item in (1, "1")]
            if ticked
            else [*value.values()]
        )
    if isinstance(value, str):
        return [item for item in value.replace("\x01", ",").split(",") if item.strip()]
    return value if isinstance(value, list) else [value]


class Subtypes(Format):
    """Kinds within a kind, such as Student; kept as one text with commas around each."""

    is_list: ClassVar[bool] = True
    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the names as a list; nothing is an empty text."""
        return [name for name in str(value or "").split(",") if name] or ""

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the names as they are kept."""
        names = [_subtype(item, field.name) for item in several(value)]
        return f",{','.join(names)}," if names else None

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means: the kind is among those of the contact."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            return where(actor, field.key, "is_empty", asked.operator == "IS NULL")
        items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
        texts = (read_text(item, field.name).strip("%\x01 ") for item in items)
        found = Or(
            tuple(where(actor, field.key, "contains", f",{text},") for text in texts if text)
        )
        if asked.operator in NEGATIVE:
            return And((Not(found), where(actor, field.key, "is_empty", False)))
        return found


def _subtype(value: object, name: str) -> str:
    """Return the name of a kind within a kind, in whatever case it is given."""
    text = read_text(value, name).strip()
    for each in SUBTYPE_NAMES:
        if each.lower() == text.lower():
            return each
    raise bad_option(name, value)


def strangers_to(kind: str, subtypes: str) -> list[str]:
    """Return which of the kinds that a contact is to have are not within its own kind."""
    within = {name: above for _number, name, above, _icon in CONTACT_TYPES}
    numbers = {name: str(number) for number, name, _above, _icon in CONTACT_TYPES}
    own = numbers[_NAMES[kind]]
    return [name for name in subtypes.split(",") if name and within[name] != own]


class Style(Format):
    """The label of a style of address by its number."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the label."""
        return STYLES.get(str(value), "")


STYLES = {"1": "Formal", "2": "Familiar"}


class Tags(Format):
    """The labels of tags, separated by commas."""

    is_list: ClassVar[bool] = True

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the labels."""
        ids = value if isinstance(value, list | tuple) else ()
        return ",".join(filter(None, (reference.tags().name_of(tag_id) for tag_id in ids)))


class Groups(Format):
    """The ids of groups, separated by commas."""

    is_list: ClassVar[bool] = True

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the ids."""
        return ",".join(map(str, value)) if isinstance(value, list | tuple) else ""


class Hold(Format):
    """Why nothing is sent to an address: 0, 1 or 2; empty without an address."""

    code: ClassVar[int] = 1
    html: ClassVar[str] = "Select"

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the number as it was laid out."""
        return "" if value is None else str(value)

    def condition(self, actor: Actor, kind: str, field: WireField, asked: Filter) -> Condition:
        """Return what a filter means; both reasons are one to the list."""
        if asked.operator in ("IS NULL", "IS NOT NULL"):
            has_email = where(actor, "emails", "is_empty", asked.operator == "IS NULL")
            return has_email
        taken = [truth for truth, numbers in _HELD if any(meets(asked, each) for each in numbers)]
        held = where(actor, field.key, "in", [True], kind=kind, scope=field.scope)
        parts: list[Condition] = [held] if True in taken else []
        if False in taken:
            parts.append(And((Not(held), where(actor, "emails", "is_empty", False))))
        return Or(tuple(parts))


HOLDS = {"0": "No", "1": "On Hold Bounce", "2": "On Hold Opt Out"}
_HELD = ((False, (0,)), (True, (1, 2)))


class LanguageLabel(Format):
    """The name of a language by its code: ``en_US`` is "English (United States)"."""

    def written(self, value: object, field: WireField) -> Any:  # noqa: ANN401 -- JSON
        """Return the label of the language, or its code where the list does not have it."""
        choice = find_choice("language", value) if value else None
        return choice.label if choice else str(value or "")


def read_text(value: object, name: str) -> str:
    """Return the text of a parameter that is no field of the domain; raises CiviApiError."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_value(name, "string")
    return str(value)


KIND = Kind()
NAMED_CHOICE = NamedChoice()
LABEL = Label()
COUNTRY_NAME = CountryName()
CHANNELS = Several()
GROUPS = Groups()
TAGS = Tags()
SUBTYPES = Subtypes()
STYLE = Style()
HOLD = Hold()
LANGUAGE_LABEL = LanguageLabel()
