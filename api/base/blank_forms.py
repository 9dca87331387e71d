"""Write many documents as forms of which only what a document has is filled in.

Most values of most records are empty. A writer that finds nothing where it looks in an empty
document writes the same for every document that has nothing there: that is written once for a list.
Writers are pure functions of the document.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Document = Any  # a JSON object, whatever a dialect calls its shape
Written = TypeVar("Written")
# The names of all that a document holds, custom values included.
Shape = tuple[str, ...]
# A place in the form, and who fills it.
Filling = tuple[int, Callable[[Document], Written]]

# In every document: what cannot be told beforehand is written for each.
ALWAYS_THERE = "id"
CUSTOM = "custom"
# Most documents have one of few shapes.
MOST_SHAPES = 2_000
# What a writer may stumble over in a document without anything.
MISSING = (KeyError, IndexError, TypeError, ValueError, AttributeError)


class Watched(dict[str, Any]):
    """A document of nothing that remembers where somebody looks."""

    def __init__(self, whole: str, asked: set[str]) -> None:
        """Note every name that is looked up, and ``whole`` for a look at all of it."""
        super().__init__()
        self.whole, self.asked = whole, asked

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 -- as any mapping
        """Return the default."""
        self.asked.add(key)
        return default

    def __contains__(self, key: object) -> bool:
        """Say no."""
        self.asked.add(str(key))
        return False

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 -- as any mapping
        """Find nothing."""
        self.asked.add(key)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Go over nothing."""
        self.asked.add(self.whole)
        return iter(())

    def __len__(self) -> int:
        """Return none, which makes it false as well."""
        self.asked.add(self.whole)
        return 0

    def keys(self) -> Any:  # noqa: ANN401 -- as any mapping
        """Return nothing."""
        return tuple(self)

    values = items = keys


class WatchedDocument(Watched):
    """The same for a whole document, whose custom values are looked at one by one."""

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        super().__init__(ALWAYS_THERE, set())
        self.custom_asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 -- as any mapping
        """Return the default, or custom values of nothing."""
        if key != CUSTOM:
            return super().get(key, default)
        return _WatchedCustom(self.asked, self.custom_asked)


class _WatchedCustom(Watched):
    """Custom values of nothing; a look at all of them is a look at the document's key."""

    def __init__(self, asked: set[str], numbers: set[str]) -> None:
        super().__init__(CUSTOM, numbers)
        self.above = asked

    def __iter__(self) -> Iterator[str]:
        self.above.add(CUSTOM)
        return iter(())

    def __len__(self) -> int:
        self.above.add(CUSTOM)
        return 0


class BlankForm(Generic[Written]):
    """What some writers write, in their order."""

    def __init__(self, writers: Sequence[Callable[[Document], Written]]) -> None:
        """Let them write a document of nothing, and see where each looks."""
        self.writers = writers
        self.blank: list[Written | None] = []
        self.by_key: dict[str, list[int]] = {}
        self.by_custom: dict[str, list[int]] = {}
        self.by_shape: dict[Shape, list[Filling[Written]]] = {}
        for place, write in enumerate(writers):
            self._learn(place, write)

    def _learn(self, place: int, write: Callable[[Document], Written]) -> None:
        nothing = WatchedDocument()
        try:
            self.blank.append(write(nothing))
        except MISSING:
            self.blank.append(None)
            nothing.asked.add(ALWAYS_THERE)
        for key in nothing.asked:
            self.by_key.setdefault(key, []).append(place)
        for number in nothing.custom_asked:
            self.by_custom.setdefault(number, []).append(place)

    def filled(self, document: Document) -> list[Any]:
        """Return what the writers write of a document that has an id."""
        values = self.blank.copy()
        custom = document.get(CUSTOM)
        shape = (*document, *custom) if custom else tuple(document)
        fillings = self.by_shape.get(shape)
        if fillings is None:
            fillings = self._kept(shape)
        for place, write in fillings:
            values[place] = write(document)
        return values

    def _kept(self, shape: Shape) -> list[Filling[Written]]:
        """Return who finds something in documents of these keys and custom values."""
        if len(self.by_shape) >= MOST_SHAPES:
            self.by_shape.clear()
        # Many forms serve one list only, so a new shape must cost little.
        # Custom values have numbers for names, so they are never taken for keys.
        places: set[int] = set()
        for known in (self.by_key, self.by_custom):
            places.update(*(known[name] for name in known.keys() & shape))
        writers = self.writers
        self.by_shape[shape] = found = [(place, writers[place]) for place in places]
        return found
