"""Random filters: trees of comparisons, how a client may print them, and what they mean.

The meaning is stated here in plain Python over the values that the wire shows, so that it shares
nothing with the way from the text to the database but the folding of text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from operator import ge, gt, le, lt
from typing import Any

from hypothesis import strategies as st

from contacts.fields.text import fold

ORDER: Mapping[str, Callable[[Any, Any], bool]] = {"gt": gt, "ge": ge, "lt": lt, "le": le}

TEXTS = (
    "Amy",
    "aMY",
    "ÅNGSTRÖM",
    "ångström",
    "O'Brien",
    "O’Brien",
    "100%",
    "0%",
    "a_b",
    "Acme (UK)",
    "rock and roll",
    "NULL",
    "пётр",
    "ПЁТР",
    "eq",
    "'",
    "",
    "x') or ('y",
)
NUMBERS = ("-5", "0", "0.5", "12.50", "100", "99999999999999999999", "-1")
DAYS = ("1990-05-01", "2024-02-29", "2024-03-01", "0001-01-02", "9999-12-30")
TIMES = (
    "2024-02-29T10:20:30",
    "2024-02-29T10:20:30Z",
    "2024-02-29T12:20:30+02:00",
    "2024-02-29T10:20:30.5",
    "2024-03-01T00:00",
)
TRUTHS = ("true", "False", "1", "no")
LABELS = ("VIP", "vip", "Press", "Person", "organization", "Red", "Nobody", "")

# The name of each field with its type; the names of custom fields are made by the test.
FIELDS: Mapping[str, str] = {
    "First name": "text",
    "LastName": "text",
    "Organization": "text",
    "e-Mail": "text",
    "Job title": "text",
    "State/Prov": "text",
    "Notes": "text",
    "Motto": "text",
    "Balance": "number",
    "Visits": "number",
    "Archived": "truth",
    "Donor": "truth",
    "Agreed": "truth",
    "Birthday": "day",
    "Seen": "time",
    "Creation date": "time",
    "Contact type": "choice",
    "Colour": "choice",
    "Tags": "choices",
    "Extras": "choices",
}
CODES = {"LastName": "Last name", "e-Mail": "Email"}
LITERALS = {
    "text": TEXTS,
    "number": NUMBERS,
    "truth": TRUTHS,
    "day": DAYS + TIMES,
    "time": DAYS + TIMES,
    "choice": LABELS,
    "choices": LABELS,
}
OPERATORS = {
    "text": ("eq", "ne", "contains"),
    "number": ("eq", "ne", *ORDER),
    "truth": ("eq", "ne"),
    "day": ("eq", "ne", *ORDER),
    "time": ("eq", "ne", *ORDER),
    "choice": ("eq", "ne", "contains"),
    "choices": ("eq", "ne", "contains"),
}


@dataclass(frozen=True)
class Leaf:
    """One comparison; `literal` is None for NULL."""

    name: str
    operator: str
    literal: str | None

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a contact with these values by field name matches."""
        value = values[CODES.get(self.name, self.name)]
        if self.operator == "ne":
            return not self._equals(value)
        if self.operator == "eq":
            return self._equals(value)
        return _TESTS[FIELDS[self.name]](value, self.operator, str(self.literal))

    def _equals(self, value: Any) -> bool:
        if self.literal is None or (FIELDS[self.name] == "text" and not self.literal.strip()):
            return value in (None, "", [])
        return _TESTS[FIELDS[self.name]](value, "eq", self.literal)


@dataclass(frozen=True)
class Joined:
    """Parts joined by AND or OR."""

    word: str
    parts: "tuple[Leaf | Joined, ...]"

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a contact with these values matches."""
        found = (part.holds(values) for part in self.parts)
        return all(found) if self.word == "and" else any(found)


Tree = Leaf | Joined


def _text(value: Any, operator: str, literal: str) -> bool:
    if operator == "contains":
        return bool(value) if not literal.strip() else fold(literal) in fold(value)
    return fold(value) == fold(literal)


def _number(value: Any, operator: str, literal: str) -> bool:
    if value is None:
        return False
    number, other = Decimal(str(value)), Decimal(literal)
    return number == other if operator == "eq" else ORDER[operator](number, other)


def _truth(value: Any, operator: str, literal: str) -> bool:
    return value is (literal.lower() in ("true", "1"))


def _span(literal: str) -> tuple[datetime, datetime]:
    moment = datetime.fromisoformat(literal)
    start = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    length = timedelta(days=1) if "T" not in literal else timedelta(seconds=1)
    return start, start + (timedelta(microseconds=1) if "." in literal else length)


def _time(value: Any, operator: str, literal: str) -> bool:
    if value is None:
        return False
    moment = datetime.fromisoformat(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    start, end = _span(literal)
    return start <= moment < end if operator == "eq" else ORDER[operator](moment, start)


def _choices(value: Any, operator: str, literal: str) -> bool:
    items = value if isinstance(value, list) else [value] if value else []
    if not literal.strip():
        # The empty text is "nothing is chosen"; every choice holds it.
        return bool(items) if operator == "contains" else not items
    labels = [fold(item["Label"]) for item in items]
    wanted = fold(literal)
    return any(wanted in label if operator == "contains" else wanted == label for label in labels)


_TESTS: Mapping[str, Callable[[Any, str, str], bool]] = {
    "text": _text,
    "number": _number,
    "truth": _truth,
    "day": _time,
    "time": _time,
    "choice": _choices,
    "choices": _choices,
}


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    """Return one comparison of any field."""
    name = draw(st.sampled_from(sorted(FIELDS)))
    operator = draw(st.sampled_from(OPERATORS[FIELDS[name]]))
    literals: list[str | None] = list(LITERALS[FIELDS[name]])
    if operator in ("eq", "ne"):
        literals.append(None)
    return Leaf(name, operator, draw(st.sampled_from(literals)))


def trees() -> st.SearchStrategy[Tree]:
    """Return comparisons joined in any way."""
    words = st.sampled_from(("and", "or"))

    def joined(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        parts = st.lists(inner, min_size=2, max_size=4).map(tuple)
        return st.builds(Joined, words, parts)

    return st.recursive(leaves(), joined, max_leaves=8)


@st.composite
def printed(draw: st.DrawFn, tree: Tree) -> str:
    """Return the tree as some client would write it."""
    if isinstance(tree, Leaf):
        return draw(_printed_leaf(tree))
    word = f"{draw(_blank)}{draw(st.sampled_from((tree.word, tree.word.upper())))}{draw(_blank)}"
    return word.join(draw(_printed_part(tree.word, part)) for part in tree.parts)


@st.composite
def _printed_part(draw: st.DrawFn, word: str, part: Tree) -> str:
    text = draw(printed(part))
    # AND binds tighter, so only OR inside of AND needs brackets; others may have them.
    needed = isinstance(part, Joined) and word == "and" and part.word == "or"
    return f"({text})" if needed or draw(st.booleans()) else text


_blank = st.sampled_from((" ", "  ", "\t", "\n "))


@st.composite
def _printed_leaf(draw: st.DrawFn, leaf: Leaf) -> str:
    value = "NULL" if leaf.literal is None else draw(_quoted(leaf.literal))
    if leaf.operator == "contains":
        value = _in_quotes(leaf.literal or "")
        return f"substringof({draw(_name(leaf.name))},{draw(st.sampled_from(('', ' ')))}{value})"
    operator = draw(st.sampled_from((leaf.operator, leaf.operator.upper())))
    return f"{draw(_name(leaf.name))}{draw(_blank)}{operator}{draw(_blank)}{value}"


@cache
def _name(name: str) -> st.SearchStrategy[str]:
    cased = (name, name.lower(), name.upper())
    quoted = (f"'{name}'", f"‘{name}’", f'"{name}"')
    return st.sampled_from((*cased, *quoted))


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _quoted(text: str) -> st.SearchStrategy[str]:
    ways = [_in_quotes(text)]
    if not set(text) & set("'’‘"):
        ways.append(f"‘{text}’")
    if '"' not in text:
        ways.append(f'"{text}"')
    words = set(text.lower().split())
    if text and not set(text) & set("'’()") and not words & {"and", "or", "null"}:
        ways.append(text)
    return st.sampled_from(ways)
