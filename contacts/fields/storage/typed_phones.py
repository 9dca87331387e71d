"""Phone numbers of one type: the mobile, the fax."""

from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, QuerySet, Subquery

from contacts.fields import reference
from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.parts import Parts, Run, Those
from contacts.fields.storage.comparisons import column_condition, parts_of
from contacts.fields.storage.keys import LEAST_DIGITS, PhoneKeys, is_the_text
from contacts.fields.storage.lookups import Folded, PerRow
from contacts.fields.text import digits_of, fold
from contacts.models import ContactKey, Phone

# Compared with a whole number.
WHOLE = frozenset({"eq", "in", "has_any"})
_BY_DIGITS = frozenset({"eq", "contains", "starts_with", "ends_with"})


@dataclass(frozen=True, slots=True)
class TypedPhones:
    """The phones whose type has this machine name; compared as text or by their digits."""

    type_name: str
    any_phone: PhoneKeys

    def match(self, field: Field, comparison: Comparison) -> Rows:
        """Return the contacts with such a number of the type."""
        rows = self._rows().filter(_condition(comparison))
        if comparison.operator in WHOLE:
            # The index of all numbers leads to a few; of each other one the text would be folded.
            any_case = replace(comparison, case_sensitive=False, scope="any")
            rows = rows.filter(Q(contact_id__in=self.any_phone.match(field, any_case)))
        return rows.values("contact_id")

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the contacts with a number of the type."""
        return self._rows().values("contact_id")

    def sort(self, field: Field) -> SortedBy:
        """Return the first number of the type, folded."""
        return self._first(OuterRef("pk"))

    def parts(self, field: Field) -> Parts:
        """Return those without such a number, and the keys of numbers that are the first of it."""
        keys = ContactKey.objects.filter(code=self.any_phone.code).order_by()
        is_first = is_the_text(self._first(OuterRef("contact")), self.any_phone.code)
        without = ~Q(PerRow(self._rows().filter(contact=OuterRef("pk"))))
        run = Run("text", is_first, keys, "contact_id")
        ids = [
            each.pk for each in reference.options().of("phone_type") if each.name == self.type_name
        ]
        typed = Phone.objects.filter(type_id__in=ids).order_by().values("contact_id")
        return Parts(without, (run,), few=Those((typed,)))

    def _first(self, contact: OuterRef) -> Subquery:
        rows = self._rows().filter(contact=contact).order_by("position", "id")
        return Subquery(rows.annotate(folded=Folded("number")).values("folded")[:1])

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
