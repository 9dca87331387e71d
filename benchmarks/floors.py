"""The least that any answer can cost, as views on the same server: the floors of the ratios."""

import orjson
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from crm.urls import urlpatterns as product

COLUMNS = (
    "id, kind, first_name, middle_name, last_name, organization_name, display_name, job_title,"
    " company, birthday, background, owner_id, author_id, created_at, updated_at, visibility"
)


def constant(_request: HttpRequest) -> HttpResponse:
    """Answer without any database."""
    return HttpResponse(b'{"ok":true}', content_type="application/json")


def bare_page(_request: HttpRequest) -> HttpResponse:
    """Answer with one raw query of sixteen columns of a hundred contacts, no children."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM contacts_contact ORDER BY sort_name, id LIMIT 100"  # noqa: S608 -- constant
        )
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(orjson.dumps({"contacts": rows}), content_type="application/json")


urlpatterns = [
    path("floor/constant", constant),
    path("floor/page", bare_page),
    *product,
]
