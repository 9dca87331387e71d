"""Random conditions of version 4: trees of comparisons, and what they mean.

The meaning is stated here in plain Python over the values that the wire shows. As in SQL there are
three answers: what has no value meets neither a comparison nor its opposite (None).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any

from hypothesis import strategies as st

from tests.trust.grammar import folded

# A condition as a client writes it, and a row of an answer.
Condition = list[Any]
Row = Mapping[str, Any]

TEXTS = ("Amy", "AMY", "zoe", "O'Brien", "100%", "a_b", "Roberts", "x') OR ('y", "Nobody", "a\\b")
PATTERNS = ("A%", "%y", "_my", "%o%", "%", "100\\%", "a\\_b", "%''%")
DAYS = ("1980-02-29", "1990-01-01", "2000-12-31", "1970-01-01")
PLACES = ("Berlin", "köln", "KOLN", "Ulm")
ADDRESSES = ("amy@x.org", "AMY@X.ORG", "second@x.org", "zoe@y.org", "none@z.org")

# What is compared with, by the name of the field; sides of choices are texts as well.
OPERANDS: Mapping[str, tuple[Any, ...]] = {
    "first_name": TEXTS,
    "last_name": TEXTS,
    "job_title": TEXTS,
    "birth_date": DAYS,
    "gender_id": (1, "2", 3),
    "gender_id:name": ("Female", "Male", "Other"),
    "gender_id:label": ("Female", "Male", "Other"),
    "do_not_email": (True, False),
    "contact_type": ("Individual", "Organization"),
    "is_deleted": (True, False),
    "id": (1, 2, 3, 5, 8, 10**9),
    "email_primary.email": ADDRESSES,
    "phone_primary.phone": ("+49 30 1", "112", "+49 30 2"),
    "address_primary.city": PLACES,
    "Custom.motto": TEXTS,
    "Custom.visits": (0, 1, 7, 100, -3),
    "Custom.agreed": (True, False),
    "Custom.seen": DAYS,
    "Custom.colour": ("Red", "Blue"),
    "Custom.extras": ("Press", "Red", "Board"),
}
JOINED: Mapping[str, tuple[Any, ...]] = {
    "e.email": ADDRESSES,
    "e.is_primary": (True, False),
    "p.city": PLACES,
    "p.postal_code": ("10115", "50667"),
}
_ORDERED = ("birth_date", "id", "Custom.visits", "Custom.seen", "first_name", "e.email", "p.city")
_TEXTUAL = ("_name", "_title", ".motto", ".email", ".city")
_SEVERAL = "Custom.extras"
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


@dataclass(frozen=True)
class Leaf:
    """One comparison."""

    name: str
    operator: str
    operand: Any = None

    @property
    def written(self) -> Condition:
        """Return it as a client writes it."""
        is_alone = self.operator.startswith("IS ")
        return [self.name, self.operator] if is_alone else [self.name, self.operator, self.operand]

    @property
    def names(self) -> set[str]:
        """Return the fields that it reads."""
        return {self.name}

    def holds(self, row: Row) -> bool | None:
        """Tell whether a row meets it, or that nobody can tell."""
        value = row[self.name]
        is_empty = value in (None, "", [])
        if self.operator.startswith("IS "):
            return is_empty == ("NOT" not in self.operator)
        if is_empty:
            return True if self.operator == "NOT CONTAINS" else None
        if self.operator.startswith("NOT "):
            return not self._met(value, self.operator.removeprefix("NOT "))
        if self.operator in ("!=", "<>"):
            return not self._met(value, "=")
        return self._met(value, self.operator)

    def _met(self, value: Any, operator: str) -> bool:
        if isinstance(value, list):
            wanted = self.operand if isinstance(self.operand, list) else [self.operand]
            joint = all if operator == "CONTAINS" else any
            return joint(each in value for each in wanted)
        if operator == "CONTAINS":
            return folded(str(self.operand)) in folded(str(value))
        if operator == "LIKE":
            return _is_like(str(value), self.operand)
        if operator in ("IN", "BETWEEN"):
            keys = [_key(self.name, each) for each in self.operand]
            mine = _key(self.name, value)
            return mine in keys if operator == "IN" else keys[0] <= mine <= keys[1]
        mine, other = _key(self.name, value), _key(self.name, self.operand)
        return bool(mine == other if operator == "=" else _ORDER[operator](mine, other))


@dataclass(frozen=True)
class Joint:
    """Parts put together by AND, OR or NOT."""

    word: str
    parts: "tuple[Leaf | Joint, ...]"

    @property
    def written(self) -> Condition:
        """Return it as a client writes it."""
        return [self.word, [part.written for part in self.parts]]

    @property
    def names(self) -> set[str]:
        """Return the fields that it reads."""
        return {name for part in self.parts for name in part.names}

    def holds(self, row: Row) -> bool | None:
        """Tell whether a row meets it, or that nobody can tell."""
        found = [part.holds(row) for part in self.parts]
        if self.word == "OR":
            return True if True in found else None if None in found else False
        every = False if False in found else None if None in found else True
        return every if self.word == "AND" or every is None else not every


Tree = Leaf | Joint


def _is_like(text: str, pattern: str) -> bool:
    # A wildcard behind a backslash means itself.
    parts = re.findall(r"\\.|.", folded(pattern), re.DOTALL)
    ready = ({"%": ".*", "_": "."}.get(part) or re.escape(part[-1]) for part in parts)
    return re.fullmatch("".join(ready), folded(text), re.DOTALL) is not None


def _key(name: str, value: Any) -> Any:
    if isinstance(value, bool) or name in ("id", "gender_id", "Custom.visits"):
        return int(value)
    if name in ("birth_date", "Custom.seen"):
        # A day that is custom is shown with its midnight.
        return str(value)[:10]
    return folded(str(value))


def _operators(name: str) -> tuple[str, ...]:
    if name == _SEVERAL:
        return ("=", "!=", "IN", "NOT IN", "CONTAINS", "NOT CONTAINS", *_EMPTY)
    found = ("=", "!=", "<>", "IN", "NOT IN", *_EMPTY)
    if name in _ORDERED:
        found = (*found, *_ORDER, "BETWEEN", "NOT BETWEEN")
    if name.endswith(_TEXTUAL):
        found = (*found, "LIKE", "NOT LIKE", "CONTAINS", "NOT CONTAINS")
    return found


_EMPTY = ("IS NULL", "IS NOT NULL", "IS EMPTY", "IS NOT EMPTY")


@st.composite
def leaves(draw: st.DrawFn, names: tuple[str, ...]) -> Leaf:
    """Return one comparison of any of these fields."""
    name = draw(st.sampled_from(names))
    operator = draw(st.sampled_from(_operators(name)))
    if operator in _EMPTY:
        return Leaf(name, operator)
    operands = st.sampled_from({**OPERANDS, **JOINED}[name])
    if operator.endswith("LIKE"):
        return Leaf(name, operator, draw(st.sampled_from(PATTERNS)))
    if operator.endswith("BETWEEN"):
        return Leaf(name, operator, draw(st.lists(operands, min_size=2, max_size=2)))
    if operator.endswith("IN"):
        return Leaf(name, operator, draw(st.lists(operands, min_size=1, max_size=3)))
    return Leaf(name, operator, draw(operands))


def trees(names: tuple[str, ...]) -> st.SearchStrategy[Tree]:
    """Return comparisons put together in any way."""
    words = st.sampled_from(("AND", "OR", "NOT"))

    def joined(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        return st.builds(Joint, words, st.lists(inner, min_size=1, max_size=3).map(tuple))

    return st.recursive(leaves(names), joined, max_leaves=6)
