"""Turn the stored values of a custom field into values of another type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contacts.errors import Fault
from contacts.fields import Field
from contacts.fields.catalogue import CUSTOM_ROWS
from contacts.fields.types import ReferenceType, ValueFaultError
from contacts.models import CustomField
from contacts.models.custom_fields import TypedValue
from contacts.services.custom_values import fill

BATCH = 1_000
EXAMPLES = 5
MOST_REFUSED = 100


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a change of type would do: how many values there are, and which do not convert.

    `refused` names the first records whose values do not, each with the value.
    """

    count: int
    failed: int
    examples: tuple[str, ...]
    refused: tuple[tuple[int, str], ...] = ()

    def faults(self) -> list[Fault]:
        """Return the fault of a type to which not every value converts."""
        if not self.failed:
            return []
        return [Fault("type", "not_allowed", {"count": self.failed, "examples": self.examples})]


def try_conversion(record: CustomField, field: Field) -> Conversion:
    """Say what would become of the values; `field` is the definition as it would be."""
    labels = labels_of(record)
    # A number that happens to be somebody's id was never meant to point there.
    is_reference = isinstance(field.type, ReferenceType)
    count = failed = 0
    examples: list[str] = []
    refused: list[tuple[int, str]] = []
    owner = f"{CUSTOM_ROWS[record.object_kind].owner}_id"
    for row in _rows(record):
        count += 1
        text = text_of(row, labels)
        if is_reference or _converted(text, field) is None:
            failed += 1
            if len(examples) < EXAMPLES and text not in examples:
                examples.append(text)
            if len(refused) < MOST_REFUSED:
                refused.append((getattr(row, owner), text))
    return Conversion(count, failed, tuple(examples), tuple(refused))


def convert(record: CustomField, field: Field) -> None:
    """Write all values anew in the type of `field`; each must convert (`try_conversion`)."""
    labels = labels_of(record)
    for row in _rows(record):
        value = _converted(text_of(row, labels), field)
        row.option_id = row.number = row.date = None
        row.text = row.given = row.folded = ""
        fill(row, field, value)
        row.save()


def labels_of(record: CustomField) -> dict[int, str]:
    """Return the labels of a field's options, by id."""
    return dict(record.options.values_list("pk", "label"))


def text_of(row: TypedValue, labels: Mapping[int, str]) -> str:
    """Return a stored value as a person would write it."""
    if row.option_id is not None:
        return labels.get(row.option_id, "")
    if not row.given and row.number is not None:
        return str(int(row.number))
    return row.given


def _converted(text: str, field: Field) -> object:
    """Return the value of a text in the new type, or None where it has none."""
    try:
        value = field.type.clean(text, field)
    except ValueFaultError:
        return None
    return None if value == "" else value


def _rows(record: CustomField) -> Iterator[TypedValue]:
    """Yield the values, a thousand at a time: they are changed while they are read."""
    model = CUSTOM_ROWS[record.object_kind].model
    last = 0
    while batch := list(
        model._default_manager.filter(field_id=record.pk, pk__gt=last).order_by("pk")[:BATCH]
    ):
        yield from batch  # type: ignore[misc]  # the models of CUSTOM_ROWS are typed values
        last = batch[-1].pk
