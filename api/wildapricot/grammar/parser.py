"""Put the tokens of a filter together: ``filter.lark`` is the grammar."""

from pathlib import Path
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput
from lark.exceptions import VisitError

from api.wildapricot.errors import BadFilterError
from api.wildapricot.grammar.lexer import FilterLexer
from api.wildapricot.grammar.tree import (
    Comparison,
    Either,
    Every,
    Literal,
    Node,
    Substring,
)


class _Builder(Transformer[Token, Node]):
    """Make the nodes; lark calls each method with the parts of its rule."""

    def or_expr(self, parts: list[Node]) -> Node:
        """Return the parts joined by OR."""
        return Either(tuple(parts))

    def and_expr(self, parts: list[Node]) -> Node:
        """Return the parts joined by AND."""
        return Every(tuple(parts))

    def comparison(self, parts: list[Token]) -> Node:
        """Return one comparison."""
        name, operator, value = parts
        return Comparison(str(name), str(operator), _literal(value), _place(name))

    def substring(self, parts: list[Token | None]) -> Node:
        """Return one call of substringof, with what it is compared with."""
        call, name, value, *compared = [part for part in parts if part is not None]
        operator, expected = map(str, compared) if compared else ("eq", "true")
        return Substring(_literal(name), _literal(value), _place(call), operator, expected)


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1


def _literal(token: Token) -> Literal:
    # The scanner takes bare arguments of substringof for names, as either may be the field.
    is_null = token.type == "NULL" or (token.type == "NAME" and token.upper() == "NULL")
    return Literal(str(token), _place(token), is_null)


_PARSER = Lark(
    (Path(__file__).parent / "filter.lark").read_text(),
    parser="lalr",
    lexer=FilterLexer,
    transformer=_Builder(),
    maybe_placeholders=False,
)


def read_filter(text: str) -> Node | None:
    """Return the tree of a filter, None for a blank one; raises BadFilterError."""
    if not text.strip():
        return None
    try:
        # What lark returns is what the transformer made of the start rule.
        return cast(Node, cast(Any, _PARSER.parse(text)))
    except UnexpectedInput as error:
        place = getattr(error, "pos_in_stream", None) or 0
        raise BadFilterError("this is not expected here", place + 1) from None
    except VisitError:
        raise BadFilterError("this cannot be read", 1) from None
