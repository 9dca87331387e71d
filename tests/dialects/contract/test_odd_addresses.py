"""Whatever stands in the parts of an address of the documents, the answer is one of the documents.

The addresses are generated from what the dialects describe, so a new one is asked here too.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client

from api.base.dialect import Dialect
from api.base.discovery import dialects
from api.base.openapi import Document, document_of

pytestmark = pytest.mark.django_db

# Of no script, with a line break, with a slash, no number, what is taken for a part of a path.
ODD = ("\x84", "a\nb", "a/b", "-1", "..", "null", "\U000ee0b0", "%00", "a.b;c")
_PART = re.compile(r"\{\w+\}")


def requests_of(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield each operation with parts in its address: two of the odd values take turns."""
    turn = 0
    for path, methods in document["paths"].items():
        for method, operation in methods.items() if "{" in path else ():
            for _time in range(2):
                turn += 1
                odd = quote(ODD[turn % len(ODD)], safe="")
                yield method.upper(), _PART.sub(odd, path), operation


@pytest.mark.parametrize("dialect", dialects(), ids=lambda dialect: dialect.name)
def test_an_odd_address_gets_an_answer_of_the_document(dialect: Dialect) -> None:
    client, faults, count = Client(raise_request_exception=False), [], 0
    for method, path, operation in requests_of(document_of(dialect, "http://testserver")):
        count += 1
        answer = client.generic(method, path)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        described = operation["responses"].get(str(answer.status_code))
        if described is None:
            faults.append(f"{method} {path}: {answer.status_code} is not described")
        elif answer.content and kind not in described.get("content", {kind: {}}):
            faults.append(f"{method} {path}: {answer.status_code} as {kind}")
        if answer.status_code >= 500:
            faults.append(f"{method} {path}: {answer.status_code}")
    assert "\n".join(faults) == "", f"{len(faults)} of {count}"
