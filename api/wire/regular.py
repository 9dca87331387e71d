r"""Search text for expressions of strangers, in time that grows with text and pattern alone.

    pattern  = branch { "|" branch }
    branch   = { piece }
    piece    = atom [ "*" | "+" | "?" | "{" low [ "," [ high ] ] "}" ] [ "?" ]
    atom     = sign | "." | "^" | "$" | "[" set "]" | "\" sign | "(" [ "?:" ] pattern ")"

Python's own engine tries one way after another, which a pattern such as ``(a+)+$`` makes last
forever; here all ways are followed at once (Thompson's construction), so there is nothing to
remember what a group held: no groups to refer to, no looking ahead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.wire.errors import MalformedError

Test = Callable[[str], bool]

MAX_STEPS = 1_000
MAX_NESTING = 20
MAX_REPEATS = 255

_CLASSES: dict[str, Test] = {
    "alpha": str.isalpha,
    "digit": str.isdecimal,
    "alnum": str.isalnum,
    "space": str.isspace,
    "upper": str.isalpha,
    "lower": str.isalpha,
    "punct": lambda sign: sign.isprintable() and not sign.isalnum() and not sign.isspace(),
}
_ESCAPES: dict[str, Test] = {
    "d": str.isdecimal,
    "w": lambda sign: sign.isalnum() or sign == "_",
    "s": str.isspace,
}
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class _Step:
    """One step: a sign that passes ``test`` leads on; without one, every step of ``ways`` does.

    ``at`` names an end of the text ("^" or "$") that has to be there.
    """

    test: Test | None = None
    ways: tuple[int, ...] = ()
    at: str = ""


# From the number of the first step to the steps that a part of the pattern takes.
_Part = Callable[[int], list[_Step]]


def matches(pattern: str, text: str) -> bool:
    """Say whether a pattern is somewhere in a text, whatever the case; raises MalformedError."""
    steps = _compiled(pattern.casefold())
    return _found(steps, text.casefold())


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> list[_Step]:
    reader = _Reader(pattern)
    part = reader.pattern(0)
    if reader.place != len(pattern):
        raise MalformedError("The regular expression is not closed.")
    return _checked(part(0))


def _checked(steps: list[_Step]) -> list[_Step]:
    if len(steps) > MAX_STEPS:
        raise MalformedError("The regular expression is too long.")
    return steps


def _found(steps: Sequence[_Step], text: str) -> bool:
    current: set[int] = set()
    for place in range(len(text) + 1):
        reached = _reached(steps, {0, *current}, place == 0, place == len(text))
        if len(steps) in reached:
            return True
        if place < len(text):
            current = {number + 1 for number in reached if _takes(steps[number], text[place])}
    return False


def _takes(step: _Step, sign: str) -> bool:
    return step.test is not None and step.test(sign)


def _reached(steps: Sequence[_Step], start: set[int], is_start: bool, is_end: bool) -> set[int]:
    """Return every step that is reached from some without taking a sign."""
    reached, waiting = set(start), list(start)
    while waiting:
        number = waiting.pop()
        if number == len(steps):
            continue
        step = steps[number]
        ways = step.ways
        if step.at and (is_start if step.at == "^" else is_end):
            ways = (number + 1,)
        waiting.extend(way for way in ways if way not in reached)
        reached.update(ways)
    return reached


def _one(step: _Step) -> _Part:
    return lambda start: [step]


def _in_turn(parts: Sequence[_Part]) -> _Part:
    def steps(start: int) -> list[_Step]:
        found: list[_Step] = []
        for part in parts:
            found += _checked(part(start + len(found)))
            _checked(found)
        return found

    return steps


def _either(first: _Part, second: _Part) -> _Part:
    def steps(start: int) -> list[_Step]:
        one = first(start + 1)
        other = second(start + len(one) + 2)
        end = start + len(one) + len(other) + 2
        fork = _Step(ways=(start + 1, start + len(one) + 2))
        return [fork, *one, _Step(ways=(end,)), *other]

    return steps


def _repeated(part: _Part, low: int, high: int | None) -> _Part:
    def optional(start: int) -> list[_Step]:
        inner = part(start + 1)
        return [_Step(ways=(start + 1, start + len(inner) + 1)), *inner]

    def any_number(start: int) -> list[_Step]:
        inner = part(start + 1)
        end = start + len(inner) + 2
        return [_Step(ways=(start + 1, end)), *inner, _Step(ways=(start,))]

    rest = [any_number] if high is None else [optional] * (high - low)
    return _in_turn([*[part] * low, *rest])


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def take(self) -> str:
        sign = self.peek()
        if not sign:
            raise MalformedError("The regular expression is not closed.")
        self.place += 1
        return sign

    def pattern(self, depth: int) -> _Part:
        if depth > MAX_NESTING:
            raise MalformedError("The regular expression is nested too deep.")
        found = self.branch(depth)
        while self.peek() == "|":
            self.place += 1
            found = _either(found, self.branch(depth))
        return found

    def branch(self, depth: int) -> _Part:
        parts: list[_Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.piece(depth))
        return _in_turn(parts)

    def piece(self, depth: int) -> _Part:
        part = self.atom(depth)
        sign = self.peek()
        bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign)
        if bounds is None and sign != "{":
            return part
        self.place += 1
        low, high = bounds or self.bounds()
        if self.peek() == "?":
            # As little as can be or as much: that it is there is all that is asked.
            self.place += 1
        if self.peek() in ("*", "+", "{"):
            raise MalformedError("The regular expression repeats a repetition.")
        return _repeated(part, low, high)

    def bounds(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.place)
        low, comma, high = self.text[self.place : end].partition(",")
        self.place = end + 1
        numbers = [int(each) for each in (low, high) if each.isdecimal() and len(each) < 4]
        if end < 0 or not low.isdecimal() or len(numbers) != bool(low) + bool(high):
            raise MalformedError("The regular expression repeats something oddly.")
        most = numbers[-1] if high or not comma else None
        if max(numbers) > MAX_REPEATS or (most is not None and most < numbers[0]):
            raise MalformedError("The regular expression repeats something too often.")
        return numbers[0], most

    def atom(self, depth: int) -> _Part:
        sign = self.take()
        if sign in "*+?{":
            raise MalformedError("The regular expression repeats nothing.")
        if sign in "^$":
            return _one(_Step(at=sign))
        if sign == "(":
            return self.group(depth)
        if sign == ".":
            return _one(_Step(test=lambda each: True))
        return _one(_Step(test=self.listed() if sign == "[" else self.single(sign)))

    def group(self, depth: int) -> _Part:
        if self.peek() == "?":
            if self.text[self.place : self.place + 2] != "?:":
                raise MalformedError("The regular expression looks ahead or names a group.")
            self.place += 2
        found = self.pattern(depth + 1)
        if self.take() != ")":
            raise MalformedError("The regular expression is not closed.")
        return found

    def single(self, sign: str) -> Test:
        if sign != "\\":
            return sign.__eq__
        named = self.take()
        if named in _ESCAPES:
            return _ESCAPES[named]
        if named.isalnum() and named not in _SIGNS:
            raise MalformedError("The regular expression has an escape that is not known.")
        return _SIGNS.get(named, named).__eq__

    def listed(self) -> Test:
        is_negated = self.peek() == "^"
        self.place += is_negated
        tests: list[Test] = []
        while self.peek() != "]" or not tests:
            tests.append(self.item())
        self.place += 1
        return lambda sign: any(test(sign) for test in tests) != is_negated

    def item(self) -> Test:
        first = self.take()
        if first == "[" and self.peek() == ":":
            end = self.text.find(":]", self.place)
            name = self.text[self.place + 1 : end]
            self.place = end + 2
            if end < 0 or name not in _CLASSES:
                raise MalformedError("The regular expression has a class that is not known.")
            return _CLASSES[name]
        following = self.text[self.place : self.place + 2]
        if first != "\\" and len(following) == 2 and following[0] == "-" and following[1] != "]":
            self.place += 2
            return lambda sign: first <= sign <= following[1]
        return self.single(first)
