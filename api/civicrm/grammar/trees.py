"""Filters put together by AND, OR and NOT, as version 4 nests them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import not_
from typing import Generic, TypeAlias, TypeVar

from api.civicrm.grammar.filters import Filter

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Tree:
    """Parts of which all hold (AND), any holds (OR), or not all hold (NOT)."""

    joint: str
    parts: "tuple[Node, ...]"


Node: TypeAlias = Filter | Tree


@dataclass(frozen=True, slots=True)
class Joints(Generic[Made]):
    """What the joints make of their parts: all of them, any of them, the opposite of one."""

    every: Callable[[Sequence[Made]], Made]
    either: Callable[[Sequence[Made]], Made]
    opposite: Callable[[Made], Made]


TRUTHS: Joints[bool] = Joints(all, any, not_)


def folded(node: Node, leaf: Callable[[Filter], Made], joints: Joints[Made]) -> Made:
    """Return what a function makes of the filters and the joints of their results."""
    if isinstance(node, Filter):
        return leaf(node)
    parts = [folded(part, leaf, joints) for part in node.parts]
    if node.joint == "OR":
        return joints.either(parts)
    every = joints.every(parts)
    return joints.opposite(every) if node.joint == "NOT" else every


def filters_in(node: Node) -> Iterator[Filter]:
    """Yield every filter."""
    if isinstance(node, Filter):
        yield node
        return
    for part in node.parts:
        yield from filters_in(part)
