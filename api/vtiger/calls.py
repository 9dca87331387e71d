"""Find out which operation a request asks for, and with what.

The verb counts for nothing: a GET operation has its own parameters in the query string, a POST
operation in the body. ``operation``, ``sessionName`` and ``format`` may stand in either, and the
body wins; docs/dialects/vtiger.md, "Requests".
"""

from collections.abc import Mapping
from typing import Any

from api.base.requests import DialectRequest
from api.vtiger.errors import VtigerError
from api.vtiger.registry import Operation, Param, find_operation
from api.wire.errors import WireError
from api.wire.json_text import read_json

Params = Mapping[str, Any]


def operation_of(request: DialectRequest) -> Operation:
    """Return the operation that is asked for; raises VtigerError."""
    wanted_format = text_of(shared(request, "format")).lower()
    request.operation_name = text_of(shared(request, "operation"))
    operation = find_operation(request.operation_name)
    if operation is None or wanted_format not in ("", "json"):
        raise VtigerError("UNKNOWN_OPERATION", "Unknown operation requested")
    return operation


def session_name_of(request: DialectRequest) -> str:
    """Return the name of the session, "" for none; old clients write null for it."""
    name = text_of(shared(request, "sessionName")).strip()
    return "" if name == "null" else name


def shared(request: DialectRequest, name: str) -> object:
    """Return a parameter that may stand anywhere; the body wins."""
    return body_of(request).get(name, request.query.get(name))


def arguments_of(request: DialectRequest, operation: Operation) -> dict[str, object]:
    """Return the operation's own parameters by keyword, each read as its type says."""
    sent = body_of(request)
    if operation.method == "GET":
        sent = {**sent, **request.query}
    return {param.keyword: _read(param, sent.get(param.name)) for param in operation.params}


def body_of(request: DialectRequest) -> Params:
    """Return the fields of the body; a body that is no mapping has none."""
    return request.data if isinstance(request.data, Mapping) else {}


def text_of(value: object) -> str:
    """Return a parameter as text; lists and maps are none."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, str | int | float) else ""


def _read(param: Param, value: object) -> object:
    if param.type != "encoded":
        return text_of(value)
    if not isinstance(value, str):
        # The body was JSON, or brackets have nested it already.
        return value
    try:
        return read_json(value.encode(errors="surrogatepass"), drop_nul=True)
    except WireError:
        return None
