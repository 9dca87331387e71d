"""Long text of contacts: put in order, and found as a whole, along keys of its first letters."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.parts import Parts, Run
from contacts.fields.storage.comparisons import column_condition, many, parts_of
from contacts.fields.storage.folded import FoldedColumn, fits_nothing
from contacts.fields.storage.lookups import Folded, PerRow, escaped
from contacts.fields.text import BEGINNING, fold
from contacts.models import ContactKey

# Compared with a whole text, or with how it begins.
_LED = frozenset({"eq", "in", "has_any", "starts_with"})


@dataclass(frozen=True, slots=True)
class LongText(FoldedColumn):
    """A column of long text; its beginning, folded, has a row of one `code` among the keys.

    Whoever has the same beginning stands in the order of ids.
    """

    code: int = 0

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the contacts with such a text: their keys lead, longer texts are checked."""
        if fits_nothing(comparison):
            return super(LongText, self).match(field, comparison)
        if comparison.operator not in _LED:
            return self._looked_through(field, comparison)
        begun = {fold(str(value))[:BEGINNING] for value in many(comparison.value)}
        if comparison.operator == "starts_with":
            condition = Q(text__like=f"{escaped(*begun)}%")
        else:
            condition = Q(text__in=sorted(begun))
        if comparison.case_sensitive or max(map(len, begun)) == BEGINNING:
            condition &= self._is_so(comparison)
        return self._rows().filter(condition).values("contact_id")

    def _looked_through(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the contacts with such a text, of which mostly the key is the whole."""
        checked = super(LongText, self).match(field, comparison)
        if comparison.case_sensitive or not isinstance(checked, Q):
            return checked
        condition = Q(LessThan(Length("text"), BEGINNING))
        for part in parts_of(comparison, lambda value: fold(str(value))):
            condition &= part.on("text")
        contacts = ContactKey.contact.field.related_model._default_manager
        longer = contacts.filter(checked, pk=OuterRef("contact")).order_by()
        condition |= Q(GreaterThanOrEqual(Length("text"), BEGINNING)) & Q(PerRow(longer))
        return self._rows().filter(condition).values("contact_id")

    def _is_so(self, comparison: Comparison) -> Q:
        """Return the comparison with the text itself."""
        name = f"contact__{self.name}"
        if comparison.case_sensitive:
            return column_condition(name, comparison)
        (part,) = parts_of(comparison, lambda value: fold(str(value)))
        return part.on_expression(Folded(name))

    def sort(self, field: Field) -> SortedBy:
        """Return the key; contacts without one come first."""
        return Subquery(self._rows().filter(contact=OuterRef("pk")).values("text")[:1])

    def parts(self, field: Field) -> Parts:
        """Return those without a key, and the keys along their index."""
        without = ~Q(PerRow(self._rows().filter(contact=OuterRef("pk"))))
        return Parts(without, (Run("text", Q(), self._rows(), "contact_id"),))

    def _rows(self) -> QuerySet[ContactKey]:
        return ContactKey.objects.filter(code=self.code).order_by()
