"""Fields that administrators of this instance have defined, in the words of this protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from api.wildapricot.mapping.disclosures import ACCESS_WORDS
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.fields import CUSTOM_FROM, WireField
from api.wildapricot.mapping.meanings.base import Document, Meaning
from api.wildapricot.mapping.meanings.choices import (
    CustomChoice,
    CustomChoices,
    UserChoice,
    kept_in,
)
from api.wildapricot.mapping.meanings.moments import CustomDay, CustomMoment
from api.wildapricot.mapping.meanings.numbers import CustomCharge, CustomNumber
from api.wildapricot.mapping.meanings.pictures import CustomFile, CustomPicture
from api.wildapricot.mapping.meanings.texts import Text, text_of
from api.wildapricot.mapping.meanings.truths import CustomFlag
from contacts.fields import Field

# Upstream's words by ours: how a field is typed in.
_FIELD_TYPES = {
    "text": ("Text", "SingleLineText"),
    "long_text": ("MultilineText", "MultilineText"),
    "link": ("Text", "SingleLineText"),
    "date": ("Date", ""),
    "datetime": ("Date", ""),
    "boolean": ("RulesAndTerms", ""),
    "option": ("Dropdown", "Dropdown"),
    "user": ("Dropdown", "Dropdown"),
    "attachment": ("FileAttachment", ""),
}
# The same where the definition says how a value is typed in.
_CONTROLS = {
    ("option", "radio"): ("RadioButtons", "RadioButtons"),
    ("attachment", "picture"): ("Picture", ""),
    ("decimal", "charge"): ("", ""),
}


@dataclass(frozen=True)
class CustomText(Text):
    """Text of a custom field; several texts have commas between them."""

    type: ClassVar[str] = "String"
    number: int = 0
    is_multiple: bool = False

    def read(self, document: Document) -> object:
        """Return the text, "" for none."""
        value = document.get("custom", {}).get(str(self.number))
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Store the text."""
        text = text_of(value)
        if text is None:
            draft.refuse(name, None, "Invalid value.")
            return
        several = [each.strip() for each in text.split(",") if each.strip()]
        draft.set(self.keys[0], several if self.is_multiple else text)


@dataclass(frozen=True)
class CustomUser(UserChoice):
    """A user in a custom field."""

    number: int = 0

    def read(self, document: Document) -> object:
        """Return the user, or None."""
        value = document.get("custom", {}).get(str(self.number))
        return self.shown().get(value[0] if isinstance(value, list) else value)

    def kept(self, document: Document) -> list[Any]:
        """Return the id of the user."""
        return kept_in(document, self.number)


def _text(field: Field, number: int) -> Meaning:
    return CustomText((field.key,), number=number, is_multiple=field.is_multiple)


def _whole(field: Field, number: int) -> Meaning:
    return CustomNumber((field.key,), number=number, is_whole=True)


def _option(field: Field, number: int) -> Meaning:
    kind = CustomChoices if field.is_multiple else CustomChoice
    return kind((field.key,), number=number)


def _file(field: Field, number: int) -> Meaning:
    kind = CustomPicture if field.control == "picture" else CustomFile
    return kind((field.key,), number=number)


def _amount(field: Field, number: int) -> Meaning:
    kind = CustomCharge if field.control == "charge" else CustomNumber
    return kind((field.key,), number=number)


_MEANINGS: dict[str, Callable[[Field, int], Meaning]] = {
    "integer": _whole,
    "contact": _whole,
    "company": _whole,
    "attachment": _file,
    "decimal": _amount,
    "date": lambda field, number: CustomDay((field.key,), number=number),
    "datetime": lambda field, number: CustomMoment((field.key,), number=number, is_kept=True),
    "boolean": lambda field, number: CustomFlag((field.key,), number=number),
    "option": _option,
    "user": lambda field, number: CustomUser((field.key,), number=number),
}


def custom_field(field: Field) -> WireField:
    """Return the field of a custom field of the catalogue."""
    number = field.custom_id or 0
    kind = field.type.name
    field_type, display = _FIELD_TYPES.get(kind, ("Text", "SingleLineText"))
    if kind == "option" and field.is_multiple:
        field_type, display = "MultipleChoice", "CheckboxGroup"
    elif (kind, field.control) in _CONTROLS:
        field_type, display = _CONTROLS[kind, field.control]
    return WireField(
        id=CUSTOM_FROM + number,
        name=str(field.label),
        meaning=_MEANINGS.get(kind, _text)(field, number),
        is_system=False,
        is_searchable=field.is_filterable,
        access=ACCESS_WORDS[field.access],
        field_type=field_type,
        display=display,
        max_length=field.max_length or 0,
        instructions=field.help_text,
        is_required=field.is_required,
        member_only=field.is_for_members or bool(field.level_ids),
        level_ids=field.level_ids,
        terms_url=field.terms_url,
    )
