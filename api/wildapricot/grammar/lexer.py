"""Cut a filter into tokens, making the many spellings of its clients one.

Names and values need no quotes and may hold blanks, so where they end depends on what is expected:
a name ends before an operator, a value before AND, OR, a closing bracket or the end. The lexer
therefore walks through the states of a comparison; ``filter.lark`` says how comparisons combine.
"""

import re
from collections.abc import Callable, Iterator

from lark import Token
from lark.common import LexerConf
from lark.lexer import Lexer, LexerState

from api.wildapricot.errors import BadFilterError
from api.wildapricot.grammar.quotes import QUOTES, quoted

MAX_BRACKETS = 64

_BLANKS = re.compile(r"\s*")
_SUBSTRINGOF = re.compile(r"substringof\s*\(", re.IGNORECASE)
_OPERATOR = re.compile(r"(eq|ne|gt|ge|lt|le)(?!\w)", re.IGNORECASE)
_JOINT = re.compile(r"(and|or)(?=[\s(]|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*(\.\s*(?:id|label|value))(?!\w)", re.IGNORECASE)
# A bare name runs up to its operator; one stray quote right before that belongs to nobody.
_BARE_NAME = re.compile(
    rf"([^{QUOTES}(),]+?)(?:\s*[{QUOTES}]\s*|\s+)(?=(?:eq|ne|gt|ge|lt|le)(?!\w))", re.IGNORECASE
)
_BARE_VALUE = re.compile(r"[^()]*?(?=\s+(?:and|or)(?:[\s(]|$)|\s*\)|\s*$)", re.IGNORECASE)
_BARE_ARGUMENT = re.compile(rf"[^{QUOTES}(),]+?(?=\s*[,)])")
_WORD = re.compile(r"\w+")
# AND and OR of other languages, which would else be taken for a piece of a bare value.
_FOREIGN_JOINT = re.compile(r"&&|\|\|")
# What may stand behind the closing quote of a value, an argument and a name.
_AFTER_VALUE = re.compile(r"\s|[),]|$")
_AFTER_NAME = re.compile(r"\s|[),.]|$|(?:eq|ne|gt|ge|lt|le)(?!\w)", re.IGNORECASE)


class Scanner:
    """One walk through one text."""

    def __init__(self, text: str) -> None:
        """Begin at the beginning, where a comparison is expected."""
        self.text = text
        self.place = 0
        self.depth = 0
        self.field = ""
        self.state: Callable[[], Iterator[Token]] = self._primary

    def tokens(self) -> Iterator[Token]:
        """Yield the tokens; raises BadFilterError."""
        self._skip()
        while self.place < len(self.text):
            yield from self.state()
            self._skip()
        if self.state != self._joint:
            raise self.fault(self._missing())
        if self.depth:
            raise self.fault("a closing bracket is missing")

    def _missing(self) -> str:
        """Return what the text ends without; a value is one of some field."""
        if self.state == self._value:
            return f"the value of the field '{self.field}' is missing"
        if self.state == self._operator:
            return f"an operator is missing after the field '{self.field}'"
        return "a condition is missing at the end"

    def fault(self, reason: str, place: int | None = None) -> BadFilterError:
        """Return the error at a place of the text."""
        return BadFilterError(reason, (self.place if place is None else place) + 1)

    def _primary(self) -> Iterator[Token]:
        if self.text[self.place] == "(":
            self.depth += 1
            if self.depth > MAX_BRACKETS:
                raise self.fault("too many brackets")
            yield self._token("_OPEN", "(", 1)
            return
        call = _SUBSTRINGOF.match(self.text, self.place)
        if call is not None:
            yield self._token("SUBSTRINGOF", "", call.end() - self.place)
            yield from self._arguments()
            return
        name = self._name()
        self.field = str(name)
        yield name
        self.state = self._operator

    def _name(self) -> Token:
        start = self.place
        if self.text[start] in QUOTES:
            return Token("NAME", self._quoted_name(), start)
        bare = _BARE_NAME.match(self.text, start)
        if bare is None:
            raise self.fault("a field and an operator (eq, ne, gt, ge, lt, le) are expected")
        self.place = bare.end()
        return Token("NAME", bare[1].strip(), start)

    def _quoted_name(self) -> str:
        name = self._quoted(_AFTER_NAME)
        suffix = _SUFFIX.match(self.text, self.place)
        if suffix is None:
            return name
        self.place = suffix.end()
        return name + suffix[1]

    def _operator(self) -> Iterator[Token]:
        found = _OPERATOR.match(self.text, self.place)
        if found is None:
            word = _WORD.match(self.text, self.place)
            known = "an operator (eq, ne, gt, ge, lt, le) is expected"
            raise self.fault(f"unknown operator '{word[0][:20]}', {known}" if word else known)
        yield self._token("OPERATOR", found[1].lower(), len(found[1]))
        self.state = self._value

    def _value(self) -> Iterator[Token]:
        start = self.place
        if self.text[start] in QUOTES:
            yield Token("VALUE", self._quoted(_AFTER_VALUE), start)
        else:
            bare = _BARE_VALUE.match(self.text, start)
            value = bare[0].strip() if bare else ""
            if not value or _JOINT.match(self.text, start):
                raise self.fault("a value is expected")
            foreign = _FOREIGN_JOINT.search(value)
            if foreign is not None:
                raise self.fault("AND, OR or the end is expected", start + foreign.start())
            kind = "NULL" if value.upper() == "NULL" else "VALUE"
            yield self._token(kind, value, len(value))
        self.state = self._joint

    def _joint(self) -> Iterator[Token]:
        if self.text[self.place] == ")":
            self.depth -= 1
            if self.depth < 0:
                raise self.fault("a closing bracket too many")
            yield self._token("_CLOSE", ")", 1)
            return
        found = _JOINT.match(self.text, self.place)
        if found is None:
            raise self.fault("AND, OR or the end is expected")
        yield self._token(f"_{found[1].upper()}", "", len(found[1]))
        self.state = self._primary

    def _arguments(self) -> Iterator[Token]:
        yield self._argument()
        yield self._mark(",", "_COMMA")
        yield self._argument()
        yield self._mark(")", "_CLOSE")
        self._skip()
        self.state = self._operator if _OPERATOR.match(self.text, self.place) else self._joint

    def _argument(self) -> Token:
        self._skip()
        start = self.place
        if self.text[start : start + 1] in ("", ",", ")"):
            raise self.fault("an argument of substringof is expected")
        if self.text[start] in QUOTES:
            return Token("VALUE", self._quoted_name(), start)
        bare = _BARE_ARGUMENT.match(self.text, start)
        if bare is None:
            raise self.fault("a comma and a bracket are expected")
        self.place = bare.end()
        return Token("NAME", bare[0].strip(), start)

    def _mark(self, mark: str, kind: str) -> Token:
        self._skip()
        if self.text[self.place : self.place + 1] != mark:
            raise self.fault(f"'{mark}' is expected")
        return self._token(kind, mark, 1)

    def _quoted(self, following: re.Pattern[str]) -> str:
        found = quoted(self.text, self.place, following)
        if found is None:
            raise self.fault("a quote is never closed")
        value, self.place = found
        return value

    def _token(self, kind: str, value: str, length: int) -> Token:
        start = self.place
        self.place += length
        return Token(kind, value, start)

    def _skip(self) -> None:
        blanks = _BLANKS.match(self.text, self.place)
        self.place = blanks.end() if blanks else self.place


class FilterLexer(Lexer):
    """The scanner in the shape that lark takes."""

    # Lark's word for lexers that get the parser's state as well.
    __future_interface__ = 1

    def __init__(self, lexer_conf: LexerConf) -> None:
        """Take nothing from lark: the scanner knows its tokens."""

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[Token]:
        """Yield the tokens of a filter."""
        return Scanner(lexer_state.text.text).tokens()
