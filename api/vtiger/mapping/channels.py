"""Fields that are the first of several: phones, e-mails and addresses of one sort.

A field shows and edits the first of its sort, the primary one before others. What else a contact
has survives every write; docs/dialects/vtiger.md, "Fields of contacts".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import text_condition
from api.vtiger.mapping.field import Document, Draft, Look, Writer
from api.vtiger.mapping.plain import KeyField
from contacts.access import Actor
from contacts.fields import Field, reference
from contacts.fields.picking import Pick, first_of, picked
from contacts.query import Condition, SortKey, field_of

Row = Mapping[str, object]
Item = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class ChannelField(KeyField):
    """One text of the first channel of a sort.

    ``part`` is the text, ``pick`` says which channels are meant, ``new`` what a new one is besides
    its text.
    """

    part: str
    pick: Pick
    new: Mapping[str, object]

    def field(self, actor: Actor) -> Field:
        """Return the field of the catalogue, narrowed to the channels that are meant."""
        return first_of(field_of(actor, self.kind, self.key), self.pick, part=self.part)

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Return the narrowed field as what to order by."""
        return SortKey(self.field(actor), descending)

    def row(self, document: Document) -> Row:
        """Return the channel that the field shows, empty for none."""
        return picked(document.get(self.key, ()), self.pick) or {}

    def shown(self, document: Document, look: Look) -> str:
        """Return the text."""
        return str(self.row(document).get(self.part) or "")

    def writer(self, look: Look) -> Writer:
        """Return what shows the text."""
        row, part = look.row_in(self.key, self.pick), self.part
        return lambda document: str(row(document).get(part) or "")

    def put(self, text: str, draft: Draft) -> None:
        """Change the channel, add one, or take it out when nothing of it is left."""
        items = draft.channel(self.key)
        row_id = self.row(draft.document).get("id")
        item = next((each for each in items if row_id and each.get("id") == row_id), None)
        if item is None:
            if not text.strip():
                return
            item = draft.made((self.key, self.pick), items, self.new)
        item.update(self.written(text))

    def written(self, text: str) -> dict[str, object]:
        """Return the text as values of a channel."""
        return {self.part: text.strip()}

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare as text."""
        return text_condition(self.field(actor), comparison)


@dataclass(frozen=True, kw_only=True)
class EmailField(ChannelField):
    """The primary e-mail, or the one after it.

    A contact always has a primary e-mail, and here the second field may be filled without the
    first: that address is marked, so that a later one in the first field does not replace it.
    """

    part: str = "address"

    def put(self, text: str, draft: Draft) -> None:
        """Change the address; the first field leaves one that is marked as a second one."""
        first, second = self._item(draft, 0), self._item(draft, 1)
        if self.pick.place:
            self._put_second(text.strip(), draft, first, second)
        elif first is None or not self._is_second(draft):
            super().put(text, draft)
            if second is not None and not text.strip():
                second["second"] = self._row_at(draft, 1)["address"]
        elif text.strip():
            draft.channel(self.key).insert(0, {"is_primary": True, **self.written(text)})

    def _put_second(self, text: str, draft: Draft, first: Item | None, second: Item | None) -> None:
        if second is None and self._is_second(draft):
            second = first
        if second is not None:
            second.update(address=text, second=text if self._is_marked(second, draft) else "")
        elif text:
            items = draft.channel(self.key)
            has_first = first is not None or any(item.get("address") for item in items)
            items.append({"address": text, "second": "" if has_first else text})

    def _is_marked(self, item: Item, draft: Draft) -> bool:
        return bool(item.get("second")) or item is self._item(draft, 0)

    def _is_second(self, draft: Draft) -> bool:
        """Tell whether the address that is shown first was given as a second one."""
        row = self._row_at(draft, 0)
        return bool(row) and row.get("second") == row["address"]

    def _row_at(self, draft: Draft, place: int) -> Row:
        return picked(draft.document.get(self.key, ()), Pick(place=place)) or {}

    def _item(self, draft: Draft, place: int) -> Item | None:
        row_id = self._row_at(draft, place).get("id")
        items = draft.channel(self.key)
        return next((each for each in items if row_id and each.get("id") == row_id), None)


@dataclass(frozen=True, kw_only=True)
class StreetField(ChannelField):
    """The lines of a street in one text."""

    part: str = "street"

    def shown(self, document: Document, look: Look) -> str:
        """Return the lines."""
        return _lines(self.row(document))

    def writer(self, look: Look) -> Writer:
        """Return what shows the lines."""
        row = look.row_in(self.key, self.pick)
        return lambda document: _lines(row(document))

    def written(self, text: str) -> dict[str, object]:
        """Return the first lines; what is more goes into the third."""
        lines = [line.strip() for line in text.strip().splitlines()]
        first, second, *rest = [*lines, "", ""]
        third = ", ".join(line for line in rest if line)
        return {"street1": first, "street2": second, "street3": third}


@dataclass(frozen=True, kw_only=True)
class CountryField(ChannelField):
    """A country as free text; one that is known is linked as well."""

    part: str = "country"

    def shown(self, document: Document, look: Look) -> str:
        """Return the text as it was given, else the name."""
        return _land(self.row(document))

    def writer(self, look: Look) -> Writer:
        """Return what shows the country."""
        row = look.row_in(self.key, self.pick)
        return lambda document: _land(row(document))

    def written(self, text: str) -> dict[str, object]:
        """Return the text, to be kept as it is whatever it is linked to."""
        return {"country": text.strip(), "country_text": text.strip()}


def _lines(row: Row) -> str:
    lines = (row.get("street1"), row.get("street2"), row.get("street3")) if row else ()
    return "\n".join(str(line) for line in lines if line)


def _land(row: Row) -> str:
    country_id = row.get("country_id")
    named = reference.countries().name_of(country_id) if isinstance(country_id, int) else ""
    return str(row.get("country_text") or named)
