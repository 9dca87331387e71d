"""Choices of Contact that the domain keeps as texts: languages and styles of address."""

import re
from typing import ClassVar

from api.civicrm.contact.formats import STYLES
from api.civicrm.errors import bad_option
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import Integer, Text
from api.civicrm.mapping.options import find_choice
from contacts.access import Actor
from contacts.fields.text import fold

_CODE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z]{2})?")


class Language(Text):
    """A language by its code or its label; codes that no list has are kept as they are."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the code of the language."""
        text = self.compared(value, field, actor)
        choice = find_choice("language", text)
        if choice is not None:
            return choice.name
        if not _CODE.fullmatch(text):
            raise bad_option(field.name, value)
        return super().read(value, field, actor)


class StyleNumber(Integer):
    """A style of address by its number or its name; kept as the text of the number."""

    html: ClassVar[str] = "Select"

    def read(self, value: object, field: WireField, actor: Actor) -> object:
        """Return the number."""
        wanted = fold(str(value).strip())
        for number, label in STYLES.items():
            if wanted in (number, fold(label)):
                return number
        raise bad_option(field.name, value)


LANGUAGE = Language()
STYLE_NUMBER = StyleNumber()
