"""To whom single fields of one contact are shown, where that differs from everybody else's."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from contacts.fields.types.base import EQUALITY, FieldType, ValueFaultError
from contacts.models import CustomField

if TYPE_CHECKING:
    from contacts.fields.field import Field

MOST_FIELDS = 500
LONGEST_KEY = 100
AUDIENCES = frozenset(CustomField.Access.values)


def read_disclosures(text: object) -> dict[str, str]:
    """Return audiences by field keys, from text as documents hold it; odd lines are passed over."""
    pairs = (line.partition(":") for line in str(text or "").splitlines())
    return {key.strip(): word.strip() for key, colon, word in pairs if colon}


def written_disclosures(audiences: Mapping[str, str]) -> str:
    """Return the text that documents hold: a line per field."""
    return "\n".join(f"{key}: {word}" for key, word in sorted(audiences.items()))


class DisclosuresType(FieldType):
    """What a contact wishes of the fields in which it differs: a line `key: audience` for each.

    It is a wish for whoever publishes contacts; people who work with them see every field.
    """

    name: ClassVar[str] = "disclosures"
    operators: ClassVar[frozenset[str]] = EQUALITY
    empty: ClassVar[object] = ""

    def parse(self, value: object, field: "Field") -> str:
        """Return the lines in order, from such lines or a mapping.

        Raises ValueFaultError: invalid, too_large, not_in_list.
        """
        found = value if isinstance(value, Mapping) else read_disclosures(value)
        if len(found) > MOST_FIELDS:
            raise ValueFaultError("too_large", limit=MOST_FIELDS)
        for key, word in found.items():
            if not isinstance(key, str) or not key.isidentifier() or len(key) > LONGEST_KEY:
                raise ValueFaultError("invalid", value=key)
            if word not in AUDIENCES:
                raise ValueFaultError("not_in_list", value=word)
        return written_disclosures(found)
