"""The page at the root greets whoever comes by, in their language."""

import pytest
from django.test import Client

from api.base import discovery
from contacts.models import User

pytestmark = pytest.mark.django_db


def test_the_root_tells_what_is_here_and_leads_on(client: Client) -> None:
    answer = client.get("/")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="/admin/"' in text
    assert [dialect.title for dialect in discovery.dialects() if dialect.title not in text] == []


def test_the_root_sets_no_cookie_and_names_no_record(client: Client, ada: User) -> None:
    answer = client.get("/")

    assert answer.cookies == {}
    assert "Ada" not in answer.content.decode()


def test_the_root_speaks_russian_to_a_russian_browser(client: Client) -> None:
    text = client.get("/", headers={"accept-language": "ru"}).content.decode()

    assert '<html lang="ru">' in text
    assert "Одна адресная книга" in text


def test_the_root_is_only_read(client: Client) -> None:
    assert client.post("/").status_code == 405
