"""Run the call of a command line and print its answer."""

from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from api.civicrm.command.lines import Line, params_of
from api.civicrm.command.printing import TABULAR, written, written_rows
from api.civicrm.command.words import LineError
from api.civicrm.errors import CiviApiError
from api.civicrm.grammar.options import names_in
from api.civicrm.kernel import civi_api
from api.civicrm.v4.calling import civi_api4
from contacts.access import Actor, actor_of, find_user, system_actor

Result = Any  # JSON

FINE, FAILED = 0, 1


def run_line(line: Line, *, piped: str, out: TextIO, errors: TextIO) -> int:
    """Return the exit code: 1 where the answer is a failure, which is printed as well.

    Raises LineError for a line that makes no call.
    """
    params = params_of(line, piped)
    if line.loudness:
        errors.write(f"{line.entity}.{line.action} {written(params, 'json')}\n")
    if line.loudness > 1 and line.version == 3:
        params.setdefault("debug", 1)
    call = _called4 if line.version == 4 else civi_api
    result = call(line.entity, line.action, params, actor_for(line.user))
    if line.loudness > 1 and isinstance(result, Mapping) and "trace" in result:
        errors.write(f"{result['trace']}\n")
    text = _printed(line, params, result, errors)
    if text:
        out.write(f"{text}\n")
    return FAILED if isinstance(result, Mapping) and result.get("is_error") else FINE


def actor_for(user_name: str) -> Actor:
    """Return on whose behalf the call runs: whoever has the shell may do all, unless named."""
    if not user_name:
        return system_actor("civicrm")
    user = find_user(user_name)
    if user is None:
        raise LineError(f"There is no user {user_name!r}.")
    return actor_of(user, dialect="civicrm")


def _called4(entity: str, action: str, params: Mapping[str, Any], actor: Actor) -> Result:
    """Return the plain records, as cv prints them for version 4."""
    try:
        return civi_api4(entity, action, params, actor).values
    except CiviApiError as error:
        return {"is_error": 1, "error_code": error.error_code, "error_message": error.message}


def _printed(line: Line, params: Mapping[str, Any], result: Result, errors: TextIO) -> str:
    if line.format not in TABULAR:
        return written(result, line.format)
    records = _records(result) if line.action.lower() == "get" else None
    if records is None:
        errors.write(f"Only lists can be written as {line.format}; this is json-pretty.\n")
        return written(result, "json-pretty")
    asked = params.get("return", params.get("select"))
    return written_rows(records, names_in(asked), line.format)


def _records(result: Result) -> Sequence[Mapping[str, Any]] | None:
    """Return the records of a list, or None for an answer that has none."""
    values = result.get("values") if isinstance(result, Mapping) else result
    if isinstance(values, Mapping):
        values = list(values.values())
    if not isinstance(values, list) or not all(isinstance(each, Mapping) for each in values):
        return None
    return values
