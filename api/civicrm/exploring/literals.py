"""Write JSON values as literals of a language."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.base.code_samples import JAVASCRIPT as JSON
from api.base.code_samples import PHP as LANGUAGE


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes text, maps, lists and the three words of JSON."""

    text: Callable[[str], str]
    opening: tuple[str, str]
    closing: tuple[str, str]
    arrow: str
    words: tuple[str, str, str]

    def literal(self, value: Any, indent: int = 0) -> str:  # noqa: ANN401 -- any JSON
        """Return a value as an expression, a part on a line, the first line not indented."""
        if isinstance(value, Mapping):
            pairs = [
                f"{self.text(key)}{self.arrow}{self.literal(each, indent + 2)}"
                for key, each in value.items()
            ]
            return self._block(pairs, 0, indent)
        if isinstance(value, list):
            return self._block([self.literal(each, indent + 2) for each in value], 1, indent)
        if isinstance(value, str):
            return self.text(value)
        true, false, nothing = self.words
        if isinstance(value, bool):
            return true if value else false
        return nothing if value is None else str(value)

    def _block(self, parts: list[str], kind: int, indent: int) -> str:
        opening, closing = self.opening[kind], self.closing[kind]
        if not parts:
            return f"{opening}{closing}"
        inner = "".join(f"{' ' * (indent + 2)}{part},\n" for part in parts)
        return f"{opening}\n{inner}{' ' * indent}{closing}"


php_text, json_text = LANGUAGE.text, JSON.text

PHP = Notation(php_text, ("[", "["), ("]", "]"), " => ", ("TRUE", "FALSE", "NULL"))
JAVASCRIPT = Notation(json_text, ("{", "["), ("}", "]"), ": ", ("true", "false", "null"))
PYTHON = Notation(json_text, ("{", "["), ("}", "]"), ": ", ("True", "False", "None"))


def compact(value: object) -> str:
    """Return a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
