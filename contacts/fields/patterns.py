r"""Match the patterns of custom fields in a time that grows with the text, whatever the pattern.

Python's `re` tries one way after another, and an innocent `(a+)+$` keeps it busy for hours. Here
all ways are followed at once, so nobody can stop a server with a pattern or with a text for it.

Understood are literals, `.`, classes, escapes such as `\d`, `^ $ \A \Z \b \B`, groups, `|` and
`* + ? {m,n}`. Back references, looking around and flags are not: no matching of this kind can have
them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Texts longer than this are not worth a pattern; the product of both bounds the work.
MOST_TEXT = 2_000
MOST_STEPS = 1_200
MOST_DEPTH = 20
_MOST_REPEATS = 1_000

_COUNTS = re.compile(r"\{(\d{1,4})?(,?)(\d{1,4})?\}")
_SIMPLE_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[dDwWsSnrtfv]|[^\w])")

Test = Callable[[str], object]


class PatternError(ValueError):
    """A pattern that is wrong, too large, or asks for what is not understood here."""


@dataclass(frozen=True, slots=True)
class _Char:
    test: Test


@dataclass(frozen=True, slots=True)
class _Place:
    """Something true between two characters: the start, the end, the edge of a word."""

    sign: str


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: "_Node"
    least: int
    most: int | None


_Node = _Char | _Place | _Sequence | _Either | _Repeat


@dataclass(frozen=True, slots=True)
class _Fork:
    """Go on in each of the places."""

    ways: tuple[int, ...]


_Step = _Char | _Place | _Fork | None  # None is the end: found


def is_found(pattern: str, text: str) -> bool:
    """Tell whether the pattern is found anywhere in the text; raises PatternError.

    A text beyond MOST_TEXT is never found.
    """
    steps = compiled(pattern)
    if len(text) > MOST_TEXT:
        return False
    present: set[int] = set()
    for place in range(len(text) + 1):
        # A match may begin at every place.
        if _reach(steps, 0, text, place, present):
            return True
        if place == len(text):
            break
        following: set[int] = set()
        for index in present:
            step = steps[index]
            is_taken = isinstance(step, _Char) and step.test(text[place])
            if is_taken and _reach(steps, index + 1, text, place + 1, following):
                return True
        present = following
    return False


def _reach(steps: tuple[_Step, ...], index: int, text: str, place: int, reached: set[int]) -> bool:
    """Add what is reached without taking a character; tell whether that is the end."""
    waiting = [index]
    while waiting:
        index = waiting.pop()
        if index in reached:
            continue
        reached.add(index)
        step = steps[index]
        if step is None:
            return True
        if isinstance(step, _Fork):
            waiting += step.ways
        elif isinstance(step, _Place) and _is_at(step.sign, text, place):
            waiting.append(index + 1)
    return False


def _is_at(sign: str, text: str, place: int) -> bool:
    if sign in ("^", "A"):
        return place == 0
    if sign == "Z":
        return place == len(text)
    if sign == "$":
        return text[place:] in ("", "\n")
    is_edge = _is_word(text[place - 1 : place]) != _is_word(text[place : place + 1])
    return is_edge == (sign == "b")


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


@lru_cache(maxsize=500)
def compiled(pattern: str) -> tuple[_Step, ...]:
    """Return the steps of a pattern; raises PatternError."""
    steps: list[_Step] = []
    _write(_Reader(pattern).read(), steps)
    return (*steps, None)


def _write(node: _Node, steps: list[_Step]) -> None:
    if len(steps) > MOST_STEPS:
        raise PatternError("too large")
    if isinstance(node, _Sequence):
        for part in node.parts:
            _write(part, steps)
    elif isinstance(node, _Either):
        _write_either(node, steps)
    elif isinstance(node, _Repeat):
        _write_repeat(node, steps)
    else:
        steps.append(node)


def _write_either(node: _Either, steps: list[_Step]) -> None:
    start = len(steps)
    steps.append(None)
    starts, ends = [], []
    for part in node.parts:
        starts.append(len(steps))
        _write(part, steps)
        ends.append(len(steps))
        steps.append(None)
    steps[start] = _Fork(tuple(starts))
    for end in ends:
        steps[end] = _Fork((len(steps),))


def _write_repeat(node: _Repeat, steps: list[_Step]) -> None:
    for _ in range(node.least):
        _write(node.part, steps)
    if node.most is None:
        start = len(steps)
        steps.append(None)
        _write(node.part, steps)
        steps.append(_Fork((start,)))
        steps[start] = _Fork((start + 1, len(steps)))
        return
    skips = []
    for _ in range(node.most - node.least):
        skips.append(len(steps))
        steps.append(None)
        _write(node.part, steps)
    for skip in skips:
        steps[skip] = _Fork((skip + 1, len(steps)))


class _Reader:
    """Reads a pattern from left to right; `place` is what comes next."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.depth = 0

    def read(self) -> _Node:
        node = self._either()
        if self.place < len(self.pattern):
            raise PatternError("unbalanced parenthesis")
        return node

    @property
    def _next(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def _either(self) -> _Node:
        parts = [self._sequence()]
        while self._next == "|":
            self.place += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else _Either(tuple(parts))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._next not in ("", "|", ")"):
            parts.append(self._repeated())
        return _Sequence(tuple(parts))

    def _repeated(self) -> _Node:
        node = self._single()
        counts = self._counts()
        if counts is None:
            return node
        if isinstance(node, _Place):
            raise PatternError("nothing to repeat")
        if self._next == "?":
            self.place += 1  # how greedy it is makes no difference to whether it is found
        if self._counts() is not None:
            raise PatternError("multiple repeat")
        return _Repeat(node, *counts)

    def _counts(self) -> tuple[int, int | None] | None:
        plain = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self._next)
        if plain is not None:
            self.place += 1
            return plain
        found = _COUNTS.match(self.pattern, self.place)
        if found is None or not (found[1] or found[3]):
            return None
        self.place = found.end()
        least = int(found[1] or 0)
        most = int(found[3]) if found[3] else None if found[2] else least
        if max(least, most or 0) > _MOST_REPEATS or (most is not None and most < least):
            raise PatternError("bad repeat")
        return least, most

    def _single(self) -> _Node:
        char = self._next
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        if char in "*+?":
            raise PatternError("nothing to repeat")
        self.place += 1
        if char in "^$":
            return _Place(char)
        if char == ".":
            return _Char(lambda other: other != "\n")
        return _Char(lambda other: other == char)

    def _group(self) -> _Node:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise PatternError("too deep")
        self.place += 1
        if self._next == "?":
            if self.pattern[self.place : self.place + 2] != "?:":
                raise PatternError("not understood")
            self.place += 2
        node = self._either()
        if self._next != ")":
            raise PatternError("unbalanced parenthesis")
        self.place += 1
        self.depth -= 1
        return _Sequence((node,))

    def _escape(self) -> _Node:
        sign = self.pattern[self.place + 1 : self.place + 2]
        if sign and sign in "AZbB":
            self.place += 2
            return _Place(sign)
        found = _SIMPLE_ESCAPE.match(self.pattern, self.place)
        if found is None:
            raise PatternError("not understood")
        self.place = found.end()
        return _Char(re.compile(found[0]).fullmatch)

    def _class(self) -> _Node:
        start = self.place
        self.place += 2 if self.pattern[start + 1 : start + 2] == "^" else 1
        body = self.place
        while self._next != "]" or self.place == body:
            if not self._next:
                raise PatternError("unterminated class")
            self.place += 2 if self._next == "\\" else 1
        inside = self.pattern[body : self.place]
        self.place += 1
        # One character is asked for, so `re` is quick here. What it warns of is written plainly.
        plain = re.sub(r"(?<!\\)((?:\\\\)*)([\[&|~])", r"\1\\\2", inside)
        try:
            return _Char(re.compile(self.pattern[start:body] + plain + "]").fullmatch)
        except (re.error, FutureWarning):
            raise PatternError("bad class") from None
