"""Filters put together by AND, OR and NOT, as version 4 nests them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from api.civicrm.grammar.filters import Filter

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Tree:
    """Parts of which all hold (AND), any holds (OR), or not all hold (NOT)."""

    joint: str
    parts: "tuple[Node, ...]"


Node: TypeAlias = Filter | Tree


def folded(
    node: Node, leaf: Callable[[Filter], Made], join: Callable[[str, list[Made]], Made]
) -> Made:
    """Return what a function makes of the filters and another of what they are joined to."""
    if isinstance(node, Filter):
        return leaf(node)
    return join(node.joint, [folded(part, leaf, join) for part in node.parts])


def filters_in(node: Node) -> Iterator[Filter]:
    """Yield every filter."""
    if isinstance(node, Filter):
        yield node
        return
    for part in node.parts:
        yield from filters_in(part)
