"""The types of ties by what they are called."""

from contacts.fields import reference
from contacts.fields.text import fold
from contacts.models import RelationshipType


def find_relationship_type(name: str) -> int | None:
    """Return the id of a type by its name or label in either direction, whatever the case."""
    return reference.kept("relationship_types", "catalogue", _read).get(fold(name))


def _read() -> dict[str, int]:
    columns = ("name_b_a", "label_b_a", "label_a_b", "name_a_b")
    found: dict[str, int] = {}
    # The name from the first to the second counts most.
    for column in columns:
        rows = RelationshipType.objects.order_by("-pk").values_list(column, "pk")
        found |= {fold(name): pk for name, pk in rows if name}
    return found


def labels_of_relationship_types() -> dict[int, str]:
    """Return what the types are called from the first contact to the second, by id."""
    return reference.kept("relationship_type_labels", "catalogue", _read_labels)


def _read_labels() -> dict[int, str]:
    rows = RelationshipType.objects.filter(is_active=True).order_by("pk")
    return {row.pk: row.label_a_b or row.name_a_b for row in rows}
