"""Conditional reads and writes."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/probe/document"


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    assert first["ETag"].startswith('"7~')
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": "*"}).status_code == 304


def test_another_form_of_the_same_version_is_sent(client: Client) -> None:
    tag = client.get(ADDRESS)["ETag"]
    for address in (f"{ADDRESS}?text=more", f"{ADDRESS}?as=xml"):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_lists_without_a_version_are_conditional_too(stranger: Client) -> None:
    tag = stranger.get("/probe/public")["ETag"]
    assert stranger.get("/probe/public", headers={"If-None-Match": tag}).status_code == 304
    assert stranger.get("/probe/public?a=1", headers={"If-None-Match": tag}).status_code == 200


def test_head_tells_the_tag_without_a_body(client: Client) -> None:
    answer = client.head(ADDRESS)
    assert answer["ETag"] == client.get(ADDRESS)["ETag"]
    assert answer.content == b""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"If-Match": "*"}, 204),
        ({"If-Match": '"7~anything"'}, 204),
        ({"If-Match": '"6~x", "7~y"'}, 204),
        ({"If-Match": '"6~x"'}, 412),
        ({"If-Match": "nonsense"}, 412),
        ({"If-Unmodified-Since": "Sun, 01 Mar 2026 12:00:00 GMT"}, 204),
        ({"If-Unmodified-Since": "Sun, 01 Mar 2026 11:59:59 GMT"}, 412),
        ({"If-Unmodified-Since": "no date"}, 204),
        ({"If-Match": '"7~x"', "If-Unmodified-Since": "Sun, 01 Mar 2026 11:59:59 GMT"}, 204),
    ],
)
def test_a_change_of_an_unknown_version_is_refused(
    client: Client, headers: dict[str, str], status: int
) -> None:
    assert client.put(ADDRESS, headers=headers).status_code == status


def test_the_tag_of_a_read_is_good_for_a_change(client: Client) -> None:
    tag = client.get(f"{ADDRESS}?as=xml")["ETag"]
    assert client.put(ADDRESS, headers={"If-Match": tag}).status_code == 204
    assert client.get(ADDRESS)["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"
