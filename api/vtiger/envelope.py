"""Wrap every answer: ``success`` with a result, or with an error of two words.

The status is 200 whatever happened; docs/dialects/vtiger.md, "Answers".
"""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest

PLAIN = frozenset({str, int, float, bool, type(None)})


def success(result: object) -> Response:
    """Return what an operation has found."""
    return Response({"success": True, "result": plain(result)})


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Return a refusal with the code and the words of its row."""
    code: str | int = getattr(error, "code", refusal.code)
    return Response(
        {"success": False, "error": {"message": refusal.text(error), "code": code}},
        status=refusal.status,
    )


def plain(value: object) -> object:
    """Return the value with everything that JSON does not know written as text.

    Operations of others may return dates, decimals and texts that are translated late.
    """
    if type(value) in PLAIN:
        return value
    if isinstance(value, Mapping):
        # Nearly all values of a record are texts; it is left as it is then.
        if set(map(type, value.values())) <= PLAIN and set(map(type, value)) <= {str}:
            return value
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
