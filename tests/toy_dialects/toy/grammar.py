"""Read Toy's filter: ``surname is Smith``."""

from dataclasses import dataclass

from api.base.errors import MalformedRequestError

OPERATORS = {"is": "eq", "has": "contains"}


@dataclass(frozen=True)
class Clause:
    """A condition with the name as the client wrote it."""

    name: str
    operator: str
    value: str


def parse(text: str) -> Clause | None:
    """Return the clause of a filter, None for an empty one."""
    if not text.strip():
        return None
    name, word, value = [*text.split(maxsplit=2), "", ""][:3]
    if word not in OPERATORS or not value:
        raise MalformedRequestError("a filter is: name is value")
    return Clause(name, OPERATORS[word], value)
