"""The field catalogue: every field the CRM knows, built in or custom, with its type."""

from contacts.fields.catalogue import BUILT_IN, Catalogue, catalogue
from contacts.fields.comparing import compare
from contacts.fields.field import OPERATORS, Choice, Comparison, Field

__all__ = [
    "BUILT_IN",
    "OPERATORS",
    "Catalogue",
    "Choice",
    "Comparison",
    "Field",
    "catalogue",
    "compare",
]
