"""A contact while it is written: the values that a body names, turned into those of the catalogue.

Fields write themselves into a draft one after the other; what hangs together (the parts of an
address) meets there. Nothing that a body does not name gets into the values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from api.wildapricot.errors import RejectedError, Restriction
from contacts.access import Actor

Document = dict[str, object]
Item = dict[str, Any]  # a channel of a document: its keys differ per kind


@dataclass
class Draft:
    """What is to be stored; `document` is the contact as it is, empty for a new one."""

    actor: Actor
    document: Document
    kind: str = "person"
    values: dict[str, object] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)
    archived: bool | None = None
    # What the body says of each key of the catalogue: names of fields with their values.
    sent: dict[str, list[tuple[str, object]]] = field(default_factory=dict)

    def set(self, key: str, value: object) -> None:
        """Store a value under a key of the catalogue."""
        self.values[key] = value

    def refuse(self, name: str, value: object, words: str) -> None:
        """Remember what is wrong; all faults of a body are reported together."""
        shown = value if value is None or isinstance(value, str | int | float) else None
        self.restrictions.append(Restriction(name, shown, words))

    def finish(self) -> dict[str, object]:
        """Return the values; raises RejectedError."""
        if self.restrictions:
            raise RejectedError(self.restrictions)
        return self.values

    def channels(self, key: str) -> list[Item]:
        """Return the list of channels of one kind that will be stored, to be changed in place."""
        if key not in self.values:
            present = self.document.get(key)
            items = present if isinstance(present, list) else []
            self.values[key] = [dict(item) for item in items]
        found = self.values[key]
        return found if isinstance(found, list) else []

    def write_channel(self, key: str, pick: "Pick", parts: Item, blank: "Blank") -> None:
        """Give the picked channel these parts; add one where there is none, drop it when blank."""
        items = self.channels(key)
        item = pick.find(items)
        if item is None:
            if any(parts.values()):
                pick.add(items, parts)
            return
        item.update(parts)
        if blank(item):
            items.remove(item)


Blank = Callable[[Item], bool]


class Pick:
    """Which of a contact's channels a field shows."""

    def find(self, items: list[Item]) -> Item | None:
        """Return the one that is shown, or None."""
        for item in items:
            if item.get("is_primary"):
                return item
        return items[0] if items else None

    def add(self, items: list[Item], parts: Item) -> None:
        """Add a channel that will be shown."""
        items.insert(0, dict(parts))
