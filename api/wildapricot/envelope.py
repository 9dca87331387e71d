"""Wrap what this dialect answers: values as they are, lists under one key, a refusal."""

from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from itertools import islice

from django.http import StreamingHttpResponse
from orjson import Fragment
from rest_framework.response import Response

from api.base.errors import Refusal
from api.base.requests import DialectRequest
from api.wildapricot.errors import WORDS, RejectedError, TokenRefusedError
from api.wildapricot.filters import Question
from api.wildapricot.mapping.contacts import Place
from api.wildapricot.mapping.meanings.moments import written
from api.wildapricot.mapping.names import name_of_key
from api.wire.json_text import write_json
from contacts.errors import InvalidError

Wire = dict[str, object]
# A contact, or its JSON.
Record = Wire | Fragment
Answer = Response | StreamingHttpResponse

# The codes of these statuses are for people: clients read `Message` there, elsewhere `message`.
_BOTH_SPELLINGS = frozenset({401, 403, 404, 405, 409, 412, 413, 429, 500, 503})


def single(value: object) -> Response:
    """Return one value: a record, a plain list, a number."""
    return Response(value)


def contacts(records: Sequence[Record], before: Wire) -> Response:
    """Return a list of contacts behind what else is in the answer."""
    return Response({**before, "Contacts": list(records)})


def streamed(records: Iterable[Record], before: Wire) -> StreamingHttpResponse:
    """Return the same as `contacts`, written while it is read."""
    opened = write_json({**before, "Contacts": []}).removesuffix(b"]}")
    return StreamingHttpResponse(
        _pieces(opened, records), content_type="application/json; charset=utf-8"
    )


def _pieces(opened: bytes, records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the text of a list in pieces of a hundred records."""
    numbered = iter(records)
    piece = opened
    while batch := list(islice(numbered, 100)):
        yield piece + b",".join(map(write_json, batch))
        piece = b","
    yield (b"" if piece == b"," else piece) + b"]}"


def count(number: int) -> Response:
    """Return how many contacts match."""
    return Response({"Count": number})


def identifiers(ids: Sequence[int]) -> Response:
    """Return the ids of the contacts that match."""
    return Response({"ContactIdentifiers": list(ids)})


def search_state(place: Place, found: Wire, question: Question, state: str) -> Wire:
    """Return where a search stands; both words for it are there, as clients read either."""
    answer: Wire = {
        "ResultId": found["key"],
        "ResultUrl": f"{place.account_url}/Contacts/?resultId={found['key']}",
        "Requested": written(str(found["created_at"])),
    }
    if found["evaluated_at"]:
        answer["Processed"] = written(str(found["evaluated_at"]))
    return {
        **answer,
        "State": state,
        "ProcessingState": state,
        "InitialQuery": {
            "ObjectType": "Contact",
            "FilterExpression": question.filter,
            "SelectExpression": question.select,
            "ReturnIds": False,
        },
    }


def refused(request: DialectRequest, refusal: Refusal, error: Exception) -> Response:
    """Return a refusal; the token service has words of its own (RFC 6749)."""
    if isinstance(error, TokenRefusedError):
        body: Wire = {"error": error.code, "error_description": error.words}
        return Response(body, status=refusal.status)
    text = refusal.text(error)
    body = {"code": refusal.code, "message": text}
    if refusal.status in _BOTH_SPELLINGS:
        body["Message"] = text
    body["details"] = _details(error) if refusal.status == HTTPStatus.BAD_REQUEST else None
    return Response(body, status=refusal.status)


def _details(error: Exception) -> list[Wire] | None:
    if isinstance(error, RejectedError):
        return [
            {"key": each.key, "value": each.value, "restriction": each.words}
            for each in error.restrictions
        ]
    if isinstance(error, InvalidError):
        return [
            {
                "key": name_of_key(fault.key),
                "value": _shown(fault.params.get("value")),
                "restriction": WORDS.get(fault.code, WORDS["invalid"]),
            }
            for fault in error.faults
        ]
    return None


def _shown(value: object) -> object:
    """Return a refused value where it is one that JSON has a word for."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
