"""The texts that filters look inside of and searches do not: background, source, titles, facts."""

from operator import attrgetter

from contacts.fields import Field, catalogue
from contacts.fields.fact_fields import BY_CODE
from contacts.fields.text import fold
from contacts.index.parts import ContactParts

# Built-in texts of the row; what nearly every contact has does not belong here.
ROW_TEXTS = ("background", "source", "prefix", "suffix", "formal_title", "domain")
# Parts of addresses that the address on one line has not.
ADDRESS_TEXTS = ("po_box", "country_text")

_row_texts_of = attrgetter(*ROW_TEXTS)
# Texts that few contacts have, by the number of the fact.
_FACTS = {
    code: field.key
    for code, field in BY_CODE["contact"].items()
    if field.type.value_column == "text" and "contains" in field.type.operators
}

# The built-in fields whose texts all stand here, folded and whole.
BESIDE_FIELDS = frozenset({*ROW_TEXTS, *ADDRESS_TEXTS, *_FACTS.values()})


def is_beside(field: Field) -> bool:
    """Tell whether the values of a custom field stand here, and not in the search text."""
    return not field.is_searchable and field.type.value_column == "text"


def beside_of(parts: ContactParts) -> str:
    """Return these texts, folded, each once; lines, so that no word spans two of them."""
    texts = [text for text in _row_texts_of(parts.contact) if text]
    for address in parts.addresses:
        if address.po_box or address.country_text:
            texts += [address.po_box, address.country_text]
    texts += [row.given for row in parts.facts if row.code in _FACTS]
    if parts.custom:
        fields = catalogue("contact").by_custom_id
        for row in parts.custom:
            field = fields.get(row.field_id)
            if field is not None and is_beside(field):
                texts.append(row.given)
    # In an order that does not depend on the order of the rows.
    return "\n".join(sorted({fold(text) for text in texts} - {""})) if texts else ""
