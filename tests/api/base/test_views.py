"""From the wire: what the shared base does before and after a view."""

import json

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_the_view_gets_the_actor_and_the_request_id(client: Client) -> None:
    answer = client.get("/probe/echo", headers={"X-Request-Id": "abc-1"})
    assert answer.json()["user"] == "alice"
    assert answer.json()["request"] == "abc-1"


def test_nobody_is_refused_in_the_words_of_the_dialect(stranger: Client) -> None:
    answer = stranger.get("/probe/echo")
    assert answer.status_code == 401
    assert answer.json() == {"code": "who", "words": "missing"}
    assert answer["WWW-Authenticate"] == "Probe"


def test_a_wrong_token_is_refused_even_at_a_public_address(stranger: Client) -> None:
    assert stranger.get("/probe/public").status_code == 200
    assert stranger.get("/probe/public", headers={"X-Token": "wrong"}).status_code == 401


def test_body_wins_over_query_and_order_is_kept(client: Client) -> None:
    answer = client.post(
        "/probe/echo?b=1&a=2&c%5B%5D=3",
        "a=body&c[][k]=1&c[][l]=2&c[][k]=3",
        content_type="application/x-www-form-urlencoded",
    )
    shown = answer.json()
    assert shown["query"] == [["b", "1"], ["a", "2"], ["c[]", "3"]]
    assert shown["params"] == {"b": "1", "a": "body", "c": [{"k": "1", "l": "2"}, {"k": "3"}]}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"contact":{"name":"Ж"}}'),
        ("application/json; charset=utf-8", '{"contact":{"name":"Ж"}}'),
        ("text/json", '{"contact":{"name":"Ж"}}'),
        ("application/vnd.example+json", '{"contact":{"name":"Ж"}}'),
        ("application/xml", "<contact><name>Ж</name></contact>"),
        ("text/xml; charset=utf-8", "<contact><name>Ж</name></contact>"),
        ("application/x-www-form-urlencoded", "contact[name]=%D0%96"),
        ("", '\ufeff {"contact":{"name":"Ж"}}'),
        ("", "  <contact><name>Ж</name></contact>"),
        ("", "contact[name]=Ж"),
        ("text/plain", '{"contact":{"name":"Ж"}}'),
        ("application/x-unknown", "contact[name]=Ж"),
    ],
)
def test_bodies_are_read_by_type_and_else_by_their_first_bytes(
    client: Client, content_type: str, body: str
) -> None:
    answer = client.post("/probe/echo", body.encode(), content_type=content_type)
    assert answer.json()["params"] == {"contact": {"name": "Ж"}}


def test_multipart_keeps_the_order_of_fields_and_files(client: Client) -> None:
    body = (
        "--X\r\nContent-Disposition: form-data; name=\"c[][id]\"\r\n\r\n1\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"c[][f]\"; filename=\"a.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\nabc\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"c[][id]\"\r\n\r\n2\r\n--X--\r\n"
    )  # fmt: skip
    answer = client.post(
        "/probe/echo", body.encode(), content_type="multipart/form-data; boundary=X"
    )
    assert answer.json()["params"] == {
        "c": [{"id": "1", "f": ["a.txt", "text/plain", 3]}, {"id": "2"}]
    }


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"\xff\xfe\xfd"),
        ("application/json", b'{"a":"\\u0000"}'),
        ("application/json; charset=klingon", b"{}"),
        ("application/xml", b"<a>"),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("application/x-www-form-urlencoded", b"a=%ff"),
        ("application/x-www-form-urlencoded", b"a=%00"),
        ("application/x-www-form-urlencoded", b"a=1&a[b]=2"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=X", b"--X\r\nnonsense"),
    ],
)
def test_broken_bodies_are_malformed_requests(
    client: Client, content_type: str, body: bytes
) -> None:
    # Not client.post, which would encode the body by the charset of the type.
    answer = client.generic("POST", "/probe/echo", body, content_type=content_type)
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


@pytest.mark.parametrize("query", ["a=%ff", "a=%00", "a=1&a[]=2", "_charset_=rot13"])
def test_broken_query_strings_are_malformed_requests(client: Client, query: str) -> None:
    answer = client.get(f"/probe/echo?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


def test_a_dialect_may_take_nul_characters_out(stranger: Client) -> None:
    assert stranger.get("/probe/public?a=x%00y").json() == {"hello": {"a": "xy"}}


def test_query_strings_are_read_up_to_16_kibibytes(client: Client) -> None:
    assert client.get("/probe/echo?a=" + "x" * 16_000).status_code == 200
    answer = client.get("/probe/echo?a=" + "x" * 16_400)
    assert (answer.status_code, answer.json()["words"]) == (413, "query string")


def test_too_large_and_too_deep_bodies_are_refused(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    large = client.post("/probe/echo", b"a" * 1001, content_type="application/json")
    deep = client.post("/probe/echo", b"[" * 400 + b"]" * 400, content_type="application/json")
    assert (large.status_code, large.json()["code"]) == (413, "large")
    assert (deep.status_code, deep.json()["code"]) == (413, "large")


def test_raw_bodies_stay_bytes(client: Client) -> None:
    answer = client.post("/probe/raw", b"\x00\xff{", content_type="application/octet-stream")
    assert answer.json() == {"length": 3}


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("missing", 404, "missing"),
        ("invalid", 422, "invalid"),
        ("stale", 412, "stale"),
        ("complex", 400, "refused"),
    ],
)
def test_an_error_is_worded_by_its_row_or_that_of_its_nearest_ancestor(
    stranger: Client, name: str, status: int, code: str
) -> None:
    answer = stranger.get(f"/probe/raise/{name}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_throttled_answers_say_when_to_come_back(stranger: Client) -> None:
    answer = stranger.get("/probe/raise/throttled")
    assert (answer.status_code, answer["Retry-After"]) == (429, "17")


@pytest.mark.parametrize("address", ["/probe/raise/unforeseen", "/probe/unwritable"])
def test_unforeseen_errors_are_logged_and_tell_the_client_nothing(
    stranger: Client, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 500
    assert answer.json() == {"code": "broken", "words": "Something broke."}
    assert any(record.levelname == "ERROR" for record in caplog.records)


def test_an_unknown_method_names_the_known_ones(client: Client) -> None:
    answer = client.post("/probe/document", {})
    assert (answer.status_code, answer.json()["code"]) == (405, "method")
    assert answer["Allow"] == "GET, HEAD, PUT"
    assert client.generic("BREW", "/probe/document").status_code == 405
    assert client.options("/probe/document").status_code == 405


@pytest.mark.parametrize(
    ("body", "headers"),
    [({"_method": "put"}, {}), ({}, {"X-HTTP-Method-Override": "PUT"})],
)
def test_post_may_act_as_another_method(
    client: Client, body: dict[str, str], headers: dict[str, str]
) -> None:
    answer = client.post("/probe/echo", body, content_type="application/json", headers=headers)
    assert answer.json()["method"] == "PUT"


def test_get_and_unknown_words_override_nothing(client: Client) -> None:
    assert client.get("/probe/echo?_method=delete").json()["method"] == "GET"
    assert client.post("/probe/echo?_method=trace").json()["method"] == "POST"


def test_the_dialect_chooses_the_format(client: Client) -> None:
    assert client.get("/probe/echo.json")["Content-Type"] == "application/json; charset=utf-8"
    xml = client.get("/probe/echo.xml?as=json&a=1")
    assert xml["Content-Type"] == "application/xml; charset=utf-8"
    assert xml.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?><root><method>GET<')
    refused = client.get("/probe/echo.yaml")
    assert (refused.status_code, refused.json()["code"]) == (406, "format")


def test_slashes_at_the_end_are_answered_without_a_redirect(client: Client) -> None:
    assert client.post("/probe/echo/", {"a": 1}, content_type="application/json").status_code == 200


def test_answers_are_private_and_files_stream(stranger: Client) -> None:
    assert stranger.get("/probe/public")["Cache-Control"] == "private, no-cache"
    assert b"Stream a file" in b"".join(stranger.get("/probe/file").streaming_content)


def test_errors_are_json_for_whatever_accepts_html(stranger: Client) -> None:
    answer = stranger.get("/probe/raise/missing", headers={"Accept": "text/html"})
    assert json.loads(answer.content)["code"] == "missing"
