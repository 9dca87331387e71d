"""Texts of contacts, found through their indexed comparison keys."""

from dataclasses import dataclass

from django.db.models import Expression, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.db.models.lookups import Exact

from contacts.fields.field import Comparison, Field, Rows, SortedBy
from contacts.fields.parts import Parts, Run, Those
from contacts.fields.storage.comparisons import column_condition, key_condition, many, parts_of
from contacts.fields.storage.lookups import PerRow
from contacts.fields.text import KEY_LENGTH, digits_of, fold
from contacts.models import ContactKey

_WITH_PRIMARY = ("contact__emails", "contact__phones", "contact__addresses", "contact__messengers")
# The key of a yes.
YES = "1"
# Shorter runs of digits are too common to mean a phone number.
LEAST_DIGITS = 3
_BY_DIGITS = frozenset({"eq", "contains", "starts_with", "ends_with"})


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows of one `code`; `given` is the path to the text as given, for case-sensitive asks.

    Where `lacking` is not 0, whoever is of one `of_kinds` and has none has a row of that code.
    """

    code: int
    given: str = ""
    sort_column: str = ""
    lacking: int = 0
    of_kinds: frozenset[str] = frozenset()

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the contacts with such a text."""
        rows = self._rows(comparison.scope).filter(key_condition("text", comparison))
        if comparison.case_sensitive and self.given:
            # Asked from the key, not from the contact: a join of the contact with its e-mails
            # would list it once for each that matches.
            rows = rows.filter(self._as_given(comparison))
        return rows.values("contact_id")

    def _as_given(self, comparison: Comparison) -> Q:
        path = f"contact__{self.given}"
        condition = column_condition(path, comparison)
        channel = path.rpartition("__")[0]
        if comparison.scope == "primary" and channel in _WITH_PRIMARY:
            condition &= Q(**{f"{channel}__is_primary": True})
        return condition

    def match_of_row(self, comparison: Comparison) -> Q | None:
        """Return the same of a contact that is looked at, where it has the key itself."""
        if not self.sort_column or comparison.case_sensitive:
            return None
        return Q(**{f"{self.sort_column}__gt": ""}) & key_condition(self.sort_column, comparison)

    def filled(self, field: Field, scope: str = "any") -> Rows:
        """Return the contacts with any text there."""
        return self._rows(scope).values("contact_id")

    def sort(self, field: Field) -> SortedBy:
        """Return the first key; contacts without one come first (see the query room)."""
        if self.sort_column:
            return self.sort_column
        rows = ContactKey.objects.filter(contact=OuterRef("pk"), code=self.code)
        return Subquery(rows.order_by("rank").values("text")[:1])

    def parts(self, field: Field) -> Parts | None:
        """Return those without a key, and along their index the keys that are first."""
        if self.sort_column:
            return None
        own = ContactKey.objects.filter(code=self.code)
        earlier = own.filter(contact=OuterRef("contact"), rank__lt=OuterRef("rank"))
        is_first = Q(rank=0) | ~Q(PerRow(earlier))
        without = ~Q(PerRow(own.filter(contact=OuterRef("pk"))))
        run = Run("text", is_first, self._rows("any"), "contact_id")
        if not self.lacking:
            return Parts(without, (run,))
        lacking = ContactKey.objects.filter(code=self.lacking).order_by().values("contact_id")
        return Parts(without, (run,), lacking_among=(self.of_kinds, Those((lacking,))))

    def _rows(self, scope: str) -> QuerySet[ContactKey]:
        return _ranked(ContactKey.objects.filter(code=self.code).order_by(), scope)


def is_the_text(text: Expression | Subquery, code: int) -> Q:
    """Return "the key is that of this folded text of its contact, and its first such key"."""
    own = ContactKey.objects.filter(contact=OuterRef("contact"), code=code, text=OuterRef("text"))
    earlier = own.filter(rank__lt=OuterRef("rank"))
    key = Substr(text, 1, KEY_LENGTH)
    return Q(Exact(F("text"), key)) & ~Q(PerRow(earlier))


def _ranked(rows: QuerySet[ContactKey], scope: str) -> QuerySet[ContactKey]:
    """Return the keys of primary values, of further ones, or all."""
    if scope == "further":
        return rows.filter(rank__gt=0)
    return rows.filter(rank=0) if scope == "primary" else rows


@dataclass(frozen=True, slots=True)
class WordKeys(Keys):
    """Words of which there are few, each perhaps that of nearly everybody (a language)."""

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the contacts with such a word; which words fit a pattern is asked first."""
        (part, *more) = parts_of(comparison, lambda value: fold(str(value)))
        if part.lookup != "like" or more or comparison.case_sensitive:
            return super(WordKeys, self).match(field, comparison)
        rows = self._rows(comparison.scope)
        return rows.filter(**{"text__like_word": (self.code, part.value)}).values("contact_id")


@dataclass(frozen=True, slots=True)
class WholeNames(Keys):
    """Names put together from their parts.

    Whoever has none has none to be shown either: `key` is the column of the key of that.
    """

    key: str = "name_key"


@dataclass(frozen=True, slots=True)
class PhoneKeys(Keys):
    """Phone numbers: the text as given, or its digits however they are punctuated."""

    digits_code: int = 0

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return the contacts with such a number."""
        text = str(comparison.value)
        digits = digits_of(text)
        is_number = not any(char.isalpha() for char in text) and len(digits) >= LEAST_DIGITS
        if comparison.case_sensitive or not is_number or comparison.operator not in _BY_DIGITS:
            return super(PhoneKeys, self).match(field, comparison)
        as_given = Q(code=self.code) & key_condition("text", comparison)
        asked = Comparison(comparison.operator, digits)
        by_digits = Q(code=self.digits_code) & key_condition("text", asked)
        rows = _ranked(ContactKey.objects.order_by(), comparison.scope)
        return rows.filter(as_given | by_digits).values("contact_id")


@dataclass(frozen=True, slots=True)
class Flags:
    """What is yes or no in a column, and yes for few: these have a row of one `code`."""

    code: int
    column: str

    def match(self, field: Field, comparison: Comparison) -> Q | Rows:
        """Return those that say yes, from their rows; a no is a condition that most fit."""
        wanted = {bool(each) for each in many(comparison.value)}
        if wanted == {True, False}:
            return Q()
        return self._rows().values("contact_id") if True in wanted else Q(**{self.column: False})

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return everything: it is always yes or no."""
        return Q()

    def sort(self, field: Field) -> SortedBy:
        """Return the column."""
        return self.column

    def parts(self, field: Field) -> Parts:
        """Return those that say no, and those that say yes."""
        return Parts(Q(**{self.column: False}), (Those((self._rows().values("contact_id"),)),))

    def _rows(self) -> QuerySet[ContactKey]:
        return ContactKey.objects.filter(code=self.code, text=YES).order_by()
