"""Find the calls that a call wants made for each record of its answer (section 13.1).

Their keys are ``api.Entity.action`` or ``api_Entity_action``, with a number behind it where the
same is wanted twice; without an action it is that of the call itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.civicrm.grammar.options import is_yes

Record = Mapping[str, Any]  # JSON

MAX_DEPTH = 10
_REFERENCE = "$value."


@dataclass(frozen=True, slots=True)
class Chained:
    """A call to make for each record: its key in the answer, and one set of params or several."""

    key: str
    entity: str
    action: str
    params: tuple[Mapping[str, Any], ...]
    is_list: bool


def chains_of(params: Mapping[str, Any], action: str) -> Iterator[Chained]:
    """Yield the chained calls in the order of the parameters."""
    for key, value in params.items():
        separator = key[3:4]
        if not key.startswith("api") or separator not in (".", "_") or key == "api_key":
            continue
        parts = key.split(separator)
        if len(parts) < 2 or not parts[1] or key == "api_action":
            continue
        wanted = parts[2] if len(parts) > 2 and parts[2] else action
        if isinstance(value, list):
            each = tuple(item if isinstance(item, Mapping) else {} for item in value)
            # `[]` is how PHP writes "no parameters".
            yield Chained(key, parts[1], wanted, each or ({},), is_list=bool(each))
        elif isinstance(value, Mapping):
            yield Chained(key, parts[1], wanted, (value,), is_list=False)
        elif is_yes(value):
            yield Chained(key, parts[1], wanted, ({},), is_list=False)


def filled(params: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """Return parameters with ``$value.field`` replaced by what the parent record holds.

    Only a whole text is a reference. One that leads nowhere becomes empty, and an empty filter is
    none.
    """
    return {key: _filled(value, record) for key, value in params.items()}


def _filled(value: Any, record: Record) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, str) and value.startswith(_REFERENCE):
        return _found(record, value[len(_REFERENCE) :])
    if isinstance(value, Mapping):
        return {key: _filled(item, record) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, record) for item in value]
    return value


def _found(record: Record, path: str) -> Any:  # noqa: ANN401 -- JSON
    """Walk into the results of sibling calls: ``api.Email.create.id``."""
    if path in record:
        return record[path]
    for key in sorted(record, key=len, reverse=True):
        if path.startswith(f"{key}."):
            return _within(record[key], path[len(key) + 1 :])
    return ""


def _within(result: Any, path: str) -> Any:  # noqa: ANN401 -- JSON
    if not isinstance(result, Mapping):
        return ""
    if path in result:
        return result[path]
    values = result.get("values")
    if isinstance(values, list) and len(values) == 1 and isinstance(values[0], Mapping):
        return _found(values[0], path.removeprefix("values.0."))
    return _found(result, path)
