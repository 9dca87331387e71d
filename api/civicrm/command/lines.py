"""Read the words of a command line in the manners of cv, drush and wp.

    civi [globals] (api|api3|civicrm-api|cvapi|civicrm api) Entity.action [key=value ...]
    civi [globals] api4 Entity.action [key=value ...] [JSON] [+s ...] [+w ...] [+o ...] [+l ...]

Options may stand anywhere. What cannot be read is a LineError, whose text is for people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from api.civicrm.command.api4_words import api4_params
from api.civicrm.command.words import LineError, Params, value_of
from api.wire.nested_params import php_params

# Verb: version of the API, and how answers are printed unless the line says so.
VERBS: Mapping[str, tuple[int, str]] = {
    "api": (3, "json-pretty"),
    "api3": (3, "json-pretty"),
    "civicrm-api": (3, "pretty"),
    "cvapi": (3, "pretty"),
    "api4": (4, "json-pretty"),
}
FORMATS = (
    *("json-pretty", "json", "json-strict", "json-flat", "pretty", "php", "none", "shell"),
    *("table", "csv", "list"),
)
INPUTS = ("args", "json")

_SHORT = {"-T": "table", "-C": "csv", "-I": "list", "-J": "json"}
_LOUD = {"-v": 1, "-vv": 2, "-vvv": 2}
# Options with a value, under all of their names.
_WITH_VALUE = {
    "-l": "site",
    "--uri": "site",
    "--in": "input",
    "--input": "input",
    "--out": "out",
    "--format": "out",
    "--user": "user",
    "-u": "user",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A command line as understood; ``site`` is accepted and means nothing: there is one."""

    verb: str = ""
    entity: str = ""
    action: str = ""
    words: tuple[str, ...] = ()
    input: str = "args"
    out: str = ""
    user: str = ""
    site: str = ""
    loudness: int = 0
    wants_help: bool = False

    @property
    def version(self) -> int:
        """Return the version of the API that is asked."""
        return VERBS[self.verb][0]

    @property
    def format(self) -> str:
        """Return how the answer is printed."""
        return self.out or VERBS[self.verb][1]


@dataclass(slots=True)
class _Reading:
    """The words not read yet, and what was read."""

    waiting: list[str]
    line: Line = field(default_factory=Line)
    plain: list[str] = field(default_factory=list)


def read_line(words: Sequence[str], *, out: str = "") -> Line:
    """Return the line; ``out`` is the format where it names none. Raises LineError."""
    reading = _Reading(list(words), Line(out=out))
    while reading.waiting:
        _read_word(reading, reading.waiting.pop(0))
    line, plain = reading.line, reading.plain
    if line.wants_help:
        return line
    if plain[:2] == ["civicrm", "api"]:
        plain[:2] = ["civicrm-api"]
    if not plain or plain[0] not in VERBS:
        raise LineError(f"Say what to call: civi {'|'.join(VERBS)} Entity.action [key=value ...]")
    if len(plain) < 2 or not all(plain[1].partition(".")):
        raise LineError("Name the call with a dot between entity and action: Contact.get")
    entity, _dot, action = plain[1].partition(".")
    _require_one_of("--out", line.out, ("", *FORMATS))
    _require_one_of("--in", line.input, INPUTS)
    return replace(line, verb=plain[0], entity=entity, action=action, words=tuple(plain[2:]))


def params_of(line: Line, piped: str) -> Params:
    """Return the parameters of a line; ``piped`` is what came by standard input."""
    given: Params = {}
    if line.input == "json" and piped.strip():
        found = value_of(piped.strip())
        if not isinstance(found, dict):
            raise LineError("Standard input must hold the parameters as one JSON object.")
        given = found
    spoken = api4_params(line.words) if line.version == 4 else dict(_pairs(line.words))
    return {**given, **spoken}


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []  # any JSON
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise LineError(f"Not understood: {word!r}. Parameters are written key=value.")
        if name.startswith("options."):
            name = f"options[{name.removeprefix('options.')}]"
        pairs.append((name, value_of(value)))
    yield from php_params(pairs).items()


def _read_word(reading: _Reading, word: str) -> None:
    name, equals, value = word.partition("=")
    if word in _SHORT:
        reading.line = replace(reading.line, out=_SHORT[word])
    elif word in _LOUD:
        reading.line = replace(reading.line, loudness=_LOUD[word])
    elif word in ("-h", "--help"):
        reading.line = replace(reading.line, wants_help=True)
    elif name in _WITH_VALUE:
        if not equals:
            if not reading.waiting:
                raise LineError(f"{name} needs a value.")
            value = reading.waiting.pop(0)
        named: dict[str, Any] = {_WITH_VALUE[name]: value}  # each of them a text
        reading.line = replace(reading.line, **named)
    elif word.startswith("-"):
        raise LineError(f"Unknown option: {word}")
    else:
        reading.plain.append(word)


def _require_one_of(option: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise LineError(f"{option}={value} is not one of {', '.join(filter(None, allowed))}.")
