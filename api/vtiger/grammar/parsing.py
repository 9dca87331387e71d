"""Parse queries; the grammar is in ``vtql.lark``, and the parser is built once."""

import re
from pathlib import Path

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from api.vtiger.errors import VtigerError, bad_syntax
from api.vtiger.grammar.tree import All, Any, Comparison, Condition, Select
from contacts.errors import TooComplexError

MOST_TEXT = 100_000
_MODULE = re.compile(r"\bfrom\s+([A-Za-z0-9_]+)", re.IGNORECASE)
# As much as Python reads without being asked to be careful, and more than any list holds.
_MOST_DIGITS = 18


def module_name_in(text: str) -> str | None:
    """Return the word after FROM, or None.

    The original looks for it before it reads anything else, and refuses an unknown module first.
    """
    found = _MODULE.search(text)
    return found[1] if found else None


def read_query(text: str) -> Select:
    """Return the query; raises VtigerError for text that is none, TooComplexError for too much."""
    if len(text) > MOST_TEXT:
        # A form may hold megabytes of it, and reading takes seconds for each.
        raise TooComplexError("text", MOST_TEXT)
    try:
        tree = _PARSER.parse(text)
        return _BUILDER.transform(tree)
    except UnexpectedInput as error:
        raise bad_syntax(_words(error)) from None
    except VisitError as error:
        if isinstance(error.orig_exc, VtigerError):
            raise error.orig_exc from None
        raise


def _words(error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedCharacters):
        return f"Syntax Error on line {error.line}: unexpected character '{error.char}'"
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        return f"Syntax Error on line {error.line}: token '{error.token}'"
    return "Syntax Error: the query ends too early"


@v_args(inline=True)
class _Builder(Transformer[Token, Select]):
    """Turn the parse tree into ours, from the leaves up."""

    def query(
        self,
        columns: Select,
        module: Token,
        condition: Condition | None,
        order: tuple[tuple[str, ...], bool] | None,
        limit: tuple[int, int] | None,
    ) -> Select:
        names, is_descending = order or ((), False)
        offset, count = limit or (0, None)
        return Select(
            module=str(module),
            columns=columns.columns,
            is_count=columns.is_count,
            condition=condition,
            order=names,
            is_descending=is_descending,
            offset=offset,
            limit=count,
        )

    def all_columns(self, star: Token) -> Select:
        return Select("")

    def count(self, star: Token) -> Select:
        return Select("", is_count=True)

    def named_columns(self, *names: Token) -> Select:
        return Select("", columns=tuple(map(str, names)))

    def condition(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else Any(parts)

    def conjunction(self, *parts: Condition) -> Condition:
        return parts[0] if len(parts) == 1 else All(parts)

    def comparison(self, name: str, operator: Token, *values: str) -> Comparison:
        return Comparison(name, operator.lower(), values)

    def name(self, token: Token) -> str:
        return str(token)

    def text(self, token: Token) -> str:
        return token[1:-1].replace("''", "'")

    def word(self, token: Token) -> str:
        return str(token)

    def order(self, *tokens: Token | None) -> tuple[tuple[str, ...], bool]:
        *names, direction = tokens
        is_descending = direction is not None and direction.type == "DESC"
        return tuple(map(str, names)), is_descending

    def limit(self, first: Token, second: Token | None) -> tuple[int, int]:
        if second is None:
            return 0, _number(first)
        return _number(first), _number(second)


def _number(token: Token) -> int:
    if not token.isdecimal() or len(token) > _MOST_DIGITS:
        raise bad_syntax(f"Syntax Error on line {token.line}: token '{token}'")
    return int(token)


_PARSER = Lark(
    Path(__file__).with_name("vtql.lark").read_text(),
    start="query",
    parser="lalr",
    lexer="basic",
    maybe_placeholders=True,
)
_BUILDER = _Builder()
