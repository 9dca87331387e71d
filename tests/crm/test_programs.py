"""Requests of programs are led past what only browsers need, and nothing else is."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from api.base.discovery import dialects
from contacts.access import CredentialOptions, make_credential
from contacts.models import User
from crm.middleware.programs import ProgramMiddleware

ROOT = Path(__file__).resolve().parent.parent.parent


def is_of_program(path: str, **headers: str) -> bool:
    layer = ProgramMiddleware(lambda _request: HttpResponse())
    return layer.is_of_program(RequestFactory().get(path, **headers))  # type: ignore[arg-type]  # of the environment


@pytest.mark.parametrize("path", ["/contacts.json", "/projects/a/deals.xml", "/webservice.php"])
def test_an_address_of_programs_is_known_unless_a_cookie_comes_along(path: str) -> None:
    assert is_of_program(path)
    assert not is_of_program(path, HTTP_COOKIE="sessionid=1")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/admin/", "/admin/contacts/contact/", "/forms/key", "/docs/", "/explorer/"),
        *("/health/live", "/static/a.js", "/nothing", "/civicrm/ajax/rest", "/v2.2/accounts"),
        # Known by two patterns; one of them is of a dialect that meets browsers.
        *("/sites/all/modules/contacts/extern/rest.php", "/contacts/extern/rest.php"),
    ],
)
def test_pages_and_dialects_that_meet_browsers_keep_all_layers(path: str) -> None:
    assert not is_of_program(path)


def test_all_layers_further_in_are_skipped_and_the_view_is_reached() -> None:
    seen: list[str] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append("view")
        return HttpResponse()

    class Layer:
        def __init__(self, get_response: object) -> None:
            self.get_response = get_response

        def __call__(self, request: HttpRequest) -> HttpResponse:
            seen.append("layer")
            return self.get_response(request)  # type: ignore[operator]  # the next layer

    answer = ProgramMiddleware(Layer(Layer(view)))
    answer(RequestFactory().get("/contacts.json"))
    answer(RequestFactory().get("/admin/"))
    assert seen == ["view", "layer", "layer", "view"]


def test_a_program_is_answered_as_one_that_sends_a_cookie(alice: User, client: Client) -> None:
    _made, key = make_credential("redmineup_key", alice, CredentialOptions())
    answers = [
        client.get("/contacts.json", headers={"X-Redmine-API-Key": key, **more})
        for more in ({}, {"Cookie": "a=b"})
    ]
    one, other = ({**each.headers, "X-Request-Id": ""} for each in answers)
    assert answers[0].status_code == 200
    assert (one, answers[0].content) == (other, answers[1].content)
    assert one["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "dialect", [each for each in dialects() if not each.meets_browsers], ids=lambda each: each.name
)
def test_who_reads_sessions_says_so(dialect: object) -> None:
    folder = ROOT / str(getattr(dialect, "package", "")).replace(".", "/")
    named = [
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"_request\.(user|session)\b", path.read_text())
    ]
    assert named == []
