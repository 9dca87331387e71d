"""Narrow a list of channels to the first of a sort: the mobile number, the second address.

Channels are looked at with the primary one first, then in their order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db.models import (
    CharField,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Concat, NullIf
from django.db.models.lookups import Exact

from contacts.fields import reference
from contacts.fields.contact_declaring import CODES
from contacts.fields.field import Comparison, Field, SortedBy
from contacts.fields.parts import Group, Parts, Run, Those, grouped
from contacts.fields.storage import Keys
from contacts.fields.storage.comparisons import key_condition, parts_of
from contacts.fields.storage.keys import is_the_text
from contacts.fields.storage.looking import where_found
from contacts.fields.storage.lookups import Folded, PerRow
from contacts.fields.text import fold
from contacts.models import ContactKey, Country, EmailAddress, Phone, PostalAddress, Website

MODELS: Mapping[str, type[Model]] = {
    "emails": EmailAddress,
    "phones": Phone,
    "addresses": PostalAddress,
    "websites": Website,
}
# The texts of channels that have comparison keys, shorter than those are, and for what.
KEYS: Mapping[tuple[type[Model], str], int] = {
    (EmailAddress, "address"): CODES["emails"],
    (Phone, "number"): CODES["phones"],
    (PostalAddress, "city"): CODES["city"],
    (PostalAddress, "region"): CODES["region"],
    (PostalAddress, "postcode"): CODES["postcode"],
    (PostalAddress, "po_box"): CODES["po_box"],
}
BY_KEY = frozenset({"eq", "in", "like", "contains", "starts_with", "ends_with"})
LISTS = {"type": "phone_type", "location": "location_type"}
IN_ORDER = ("position", "id")
# Texts that are made of several columns.
MADE_OF: Mapping[str, Concat | Coalesce] = {
    "street": Concat("street1", Value(" "), "street2", Value(" "), "street3"),
    "country": Coalesce(
        NullIf("country_text", Value("")), F("country__name"), output_field=CharField()
    ),
}

Made = F | Concat | Coalesce
# What they are put in order by.
MADE_OF_IN_ORDER: Mapping[str, Made] = {"street": F("street1"), "country": MADE_OF["country"]}
KEYS_IN_ORDER: Mapping[tuple[type[Model], str], int] = {
    **KEYS,
    (PostalAddress, "street"): CODES["street1"],
    (Website, "url"): CODES["websites"],
}

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pick:
    """Which channels are meant, and the how many-th of them.

    Types and locations are machine names of options. Empty `types` or `locations` mean any; those
    after `but_` are left out, and channels without one stay.
    """

    types: frozenset[str] = frozenset()
    but_types: frozenset[str] = frozenset()
    locations: frozenset[str] = frozenset()
    but_locations: frozenset[str] = frozenset()
    place: int = 0

    def condition(self) -> Q:
        """Return the same as `picker` for rows of the table."""
        meant = Q()
        for name, wanted, unwanted in (
            ("type", self.types, self.but_types),
            ("location", self.locations, self.but_locations),
        ):
            if wanted:
                meant &= Q(**{f"{name}_id__in": _ids_of(name, wanted)})
            if unwanted:
                is_other = Q(**{f"{name}_id__in": _ids_of(name, unwanted)})
                meant &= Q(**{f"{name}_id__isnull": True}) | ~is_other
        return meant


def picker(pick: Pick) -> Callable[[Sequence[Row]], Row | None]:
    """Return what `picked` does for many documents: the options are looked up once."""
    wanted, unwanted = _ids_called(pick.types), _ids_called(pick.but_types)
    there, elsewhere = _ids_called(pick.locations), _ids_called(pick.but_locations)
    any_type, any_place = not pick.types, not pick.locations

    def takes(row: Row) -> bool:
        kind, place = row.get("type_id"), row.get("location_id")
        return (
            (any_type or kind in wanted)
            and kind not in unwanted
            and (any_place or place in there)
            and place not in elsewhere
        )

    def find(rows: Sequence[Row]) -> Row | None:
        if not rows:
            return None
        ordered = sorted(rows, key=_after_primary) if len(rows) > 1 else rows
        return next(islice(filter(takes, ordered), pick.place, None), None)

    return find


def _after_primary(row: Row) -> bool:
    return not row.get("is_primary")


def _ids_called(names: frozenset[str]) -> frozenset[int]:
    return frozenset(pk for pk, each in reference.options().by_id.items() if each.name in names)


def picked(rows: Sequence[Row], pick: Pick) -> Row | None:
    """Return the channel of a document that is meant, or None."""
    return picker(pick)(rows)


def first_of(field: Field, pick: Pick, *, part: str) -> Field:
    """Return a list of channels as a field that is one text of the channel that is meant."""
    storage = PickedText(MODELS[field.key], pick, part)
    return replace(field, storage=storage, is_multiple=False)


@dataclass(frozen=True, slots=True)
class PickedText:
    """One text of one channel of a contact; empty where there is none."""

    model: type[Model]
    pick: Pick
    part: str

    def match(self, field: Field, comparison: Comparison) -> Q:
        """Return a condition on the folded text."""
        condition = self._with_key(field, comparison)
        is_led = self.part == "country" or (self.model, self.part) in KEYS
        # The search text has the addresses on one line, and websites.
        text = where_found(self._text(), "" if is_led else "wide", comparison)
        for part in parts_of(comparison, lambda value: fold(str(value))):
            condition &= part.on_expression(Folded(text))
        return condition

    def _with_key(self, field: Field, comparison: Comparison) -> Q:
        """Return a condition that an index answers: any channel of the contact has the text.

        Only of those the one that is meant has to be looked for.
        """
        if comparison.operator not in BY_KEY:
            return Q()
        if self.part == "country":
            return Q(pk__in=_by_country(field, comparison))
        code = KEYS.get((self.model, self.part))
        return Q() if code is None else Q(pk__in=Keys(code).match(field, comparison))

    def filled(self, field: Field, scope: str = "any") -> Q:
        """Return "is not empty"."""
        (part,) = parts_of(Comparison("gt", ""), str)
        return part.on_expression(self._folded())

    def sort(self, field: Field) -> SortedBy:
        """Return the folded text; of streets their first line, of which there is a key."""
        return self._folded(MADE_OF_IN_ORDER.get(self.part, F(self.part)))

    def parts(self, field: Field) -> Parts | None:
        """Return those without the text, and the keys that are texts of what is meant.

        Where the channels that are meant are of some types or places, these may lead to few.
        """
        if self.part == "country":
            return self._by_country()
        code = KEYS_IN_ORDER.get((self.model, self.part))
        few = self._meant()
        if code is None and few is None:
            return None
        text = MADE_OF_IN_ORDER.get(self.part, F(self.part))
        without = Q(Exact(self._folded(text), Value("")))
        if code is None:
            return Parts(without, few=few)
        keys = ContactKey.objects.filter(code=code).order_by()
        is_meant = is_the_text(self._folded(text, OuterRef("contact")), code)
        return Parts(without, (Run("text", is_meant, keys, "contact_id"),), few=few)

    def _by_country(self) -> Parts | None:
        """Return those of each country by its name; None where countries are written out."""
        if ContactKey.objects.filter(code=CODES["country_text"]).exists():
            return None
        same = self._ordered(OuterRef("contact")).values("pk")
        picked = Subquery(same[self.pick.place : self.pick.place + 1])
        rows = PostalAddress.objects.order_by().filter(Exact(F("pk"), picked))
        names = Country.objects.annotate(shown=Folded("name")).order_by("shown")
        ids = grouped(names.values_list("shown", "pk"))
        groups = (Group("country_id", each, rows, "contact_id") for each in ids)
        placed = rows.filter(country_id__isnull=False, contact=OuterRef("pk"))
        return Parts(~Q(PerRow(placed)), tuple(groups), few=self._meant())

    def _meant(self) -> Those | None:
        """Return who has a channel of the types and places that are meant; None for any."""
        pick = self.pick
        meant: dict[str, list[int]] = {}
        for name, wanted in (("location", pick.locations), ("type", pick.types)):
            if wanted:
                meant[f"{name}_id__in"] = _ids_of(name, wanted)
        rows = self.model._default_manager.order_by()
        return Those((rows.filter(**meant).values("contact_id"),)) if meant else None

    def _ordered(self, contact: OuterRef) -> QuerySet[Model]:
        """Return the channels of a contact that are meant, in their order."""
        rows = self.model._default_manager.filter(self.pick.condition(), contact=contact)
        order = IN_ORDER if self.model is Website else ("-is_primary", *IN_ORDER)
        return rows.order_by(*order)

    def _folded(self, text: Made | None = None, contact: OuterRef | None = None) -> Folded:
        return Folded(self._text(text, contact))

    def _text(self, text: Made | None = None, contact: OuterRef | None = None) -> Coalesce:
        text = text or MADE_OF.get(self.part, F(self.part))
        ordered = self._ordered(contact or OuterRef("pk")).annotate(picked=text)
        one = ordered.values("picked")[self.pick.place : self.pick.place + 1]
        return Coalesce(Subquery(one), Value(""), output_field=TextField())


def _by_country(field: Field, comparison: Comparison) -> QuerySet[Any, Any]:
    """Return the ids of contacts with an address in a country that is written or called so."""
    called = Q()
    for part in parts_of(comparison, lambda value: fold(str(value))):
        called &= part.on_expression(Folded("name"))
    countries = Country.objects.filter(called).order_by().values("pk")
    named = PostalAddress.objects.filter(country__in=countries).order_by().values("contact_id")
    written = ContactKey.objects.filter(code=CODES["country_text"]).order_by()
    written = written.filter(key_condition("text", comparison))
    return written.values("contact_id").union(named)


def _ids_of(name: str, names: frozenset[str]) -> list[int]:
    return [option.pk for option in reference.options().of(LISTS[name]) if option.name in names]
