"""Phone numbers of one type: the mobile, the fax."""

from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, QuerySet, Subquery

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.storage.comparisons import column_condition, parts_of
from contacts.fields.storage.keys import LEAST_DIGITS
from contacts.fields.storage.lookups import Folded
from contacts.fields.text import digits_of, fold
from contacts.models import Phone

_BY_DIGITS = frozenset({"eq", "contains", "starts_with", "ends_with"})


@dataclass(frozen=True, slots=True)
class TypedPhones:
    """The phones whose type has this machine name; compared as text or by their digits."""

    type_name: str

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the contacts with such a number of the type."""
        return self._rows().filter(_condition(comparison)).values("contact_id")

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the contacts with a number of the type."""
        return self._rows().values("contact_id")

    def sort(self, field: Field) -> SortedBy:
        """Return the first number of the type."""
        rows = self._rows().filter(contact=OuterRef("pk"))
        return Subquery(rows.order_by("position", "id").values("number")[:1])

    def _rows(self) -> QuerySet[Phone]:
        of_type = {"type__list_name": "phone_type", "type__name": self.type_name}
        return Phone.objects.filter(**of_type).order_by()


def _condition(comparison: Comparison) -> Q:
    if comparison.case_sensitive:
        return column_condition("number", comparison)
    condition = Q()
    for part in parts_of(comparison, lambda value: fold(str(value))):
        condition &= part.on_expression(Folded("number"))
    text = str(comparison.value)
    digits = digits_of(text)
    is_number = not any(char.isalpha() for char in text)
    if comparison.operator in _BY_DIGITS and is_number and len(digits) >= LEAST_DIGITS:
        condition |= column_condition("digits", replace(comparison, value=digits))
    return condition
