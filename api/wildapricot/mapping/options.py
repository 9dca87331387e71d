"""What can be chosen in a field: options with ids that do not change, and how clients name them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.wildapricot.mapping.literals import integer_of
from contacts.fields.text import fold

Wire = dict[str, object]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; ``key`` is what the domain stores, ``synonyms`` other names of it.

    ``value`` is upstream's third name of an option, which is usually its id.
    """

    id: int
    label: str
    key: object = None
    synonyms: tuple[str, ...] = ()
    value: str = ""
    is_default: bool = False

    @property
    def reference(self) -> Wire:
        """Return the option as contacts show it."""
        return {"Id": self.id, "Label": self.label}

    def is_called(self, text: str) -> bool:
        """Tell whether a text names the option, whatever its case."""
        wanted = fold(text)
        return wanted in (fold(self.label), *map(fold, self.synonyms))


def described(options: Iterable[Option], *, by_label: bool = False) -> list[Wire]:
    """Return options as the description of a field lists them."""
    return [
        {
            "Id": option.id,
            "Label": option.label,
            "Value": option.label if by_label else option.value or str(option.id),
            "SelectedByDefault": option.is_default,
            "Position": position,
        }
        for position, option in enumerate(options)
    ]


def named_in_filter(options: Sequence[Option], text: str, suffix: str) -> list[Option]:
    """Return the options that a literal means: by id with ``.Id``, by name with ``.Label``.

    Without a suffix a whole number is an id, and a name where no option has that id.
    """
    number = integer_of(text) if suffix in ("", "id") else None
    if number is not None:
        found = [option for option in options if option.id == number]
        if found or suffix:
            return found
    if suffix == "id":
        return []
    return [option for option in options if option.is_called(text)]


def chosen(options: Sequence[Option], value: Any) -> Option | None:  # noqa: ANN401 -- any JSON
    """Return the option that a value of a body means, or None."""
    if isinstance(value, dict):
        fields = {str(key).casefold(): each for key, each in value.items()}
        parts = [fields[key] for key in ("id", "label", "value") if fields.get(key) is not None]
        return chosen(options, parts[0]) if parts else None
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    found = named_in_filter(options, str(value), "")
    return found[0] if found else None


def labels_with(options: Sequence[Option], text: str) -> list[Option]:
    """Return the options whose label holds a text."""
    wanted = fold(text)
    return [option for option in options if wanted in fold(option.label)]


def items_of(value: Any) -> list[Any]:  # noqa: ANN401 -- any JSON
    """Return the chosen things of a body's value: an array, one of them, or nothing."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]
