"""Read from the filters of a call whether it asks for what is in the trash, and for whom by id."""

from api.civicrm.calls import Asked
from api.civicrm.grammar.filters import Filter
from api.civicrm.grammar.trees import Joints, Tree, folded
from api.civicrm.mapping.options import meets


def shelf_asked(asked: Asked, names: frozenset[str]) -> bool | None:
    """Return whether filters of these names ask for the living, the deleted, or both (None)."""
    shelf: bool | None = False
    for each in asked.filters:
        if each.name in names:
            shelf = shelf_of(each)
    return shelf


def shelf_of(asked: Filter) -> bool | None:
    """Return what one filter asks for: the living, the deleted, or both (None)."""
    if asked.operator in ("IS NULL", "IS NOT NULL"):
        return None if asked.operator == "IS NOT NULL" else False
    items = asked.operand if isinstance(asked.operand, list) else [asked.operand]
    numbers = [1 if str(item).lower() in ("1", "true") else 0 for item in items]
    operand = numbers if isinstance(asked.operand, list) else numbers[0]
    wanted = Filter(asked.name, asked.operator, operand)
    living, deleted = meets(wanted, 0), meets(wanted, 1)
    return None if living and deleted else deleted


def names_contacts(where: Tree) -> bool:
    """Say whether only contacts that are named by their ids can match: leads are then found too."""
    return folded(where, _is_naming, _NAMING)


def _is_naming(asked: Filter) -> bool:
    return asked.name in ("id", "contact_id") and asked.operator in ("=", "IN")


_NAMING: Joints[bool] = Joints(any, lambda parts: bool(parts) and all(parts), lambda _part: False)
