"""Every answer carries the request's id, and every request its true sender."""

import json
import logging

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from crm.client_address import client_address
from crm.logs import logging_settings, without_keys

LIVE = "/health/live"


def test_answer_carries_the_id_that_the_client_sent(client: Client) -> None:
    answer = client.get(LIVE, headers={"X-Request-Id": "order-66.b_1"})

    assert answer["X-Request-Id"] == "order-66.b_1"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "<script>", "é", "a\tb"])
def test_answer_carries_a_new_id_where_the_sent_one_is_unfit(client: Client, sent: str) -> None:
    answer = client.get(LIVE, headers={"X-Request-Id": sent})

    assert answer["X-Request-Id"] not in {sent, ""}
    assert answer["X-Request-Id"].isalnum()


def test_two_requests_get_different_ids(client: Client) -> None:
    assert client.get(LIVE)["X-Request-Id"] != client.get(LIVE)["X-Request-Id"]


@pytest.mark.django_db
def test_refusal_carries_an_id_as_well(client: Client) -> None:
    assert client.get("/no/such/address")["X-Request-Id"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.8.7, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.8.7, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9,", "192.0.2.1"),
    ],
)
def test_address_is_believed_from_as_many_proxies_as_there_are(
    settings: Settings, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get(LIVE, headers=headers, REMOTE_ADDR="192.0.2.1")

    assert client_address(request.META) == address


def test_log_has_the_path_without_the_query_string(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="crm.requests"):
        client.get(f"{LIVE}?key=very-secret", headers={"X-Request-Id": "order-66"})

    (record,) = [record for record in caplog.records if record.name == "crm.requests"]
    event = record.msg
    assert isinstance(event, dict)
    assert event["path"] == LIVE
    assert event["status"] == 200
    assert "very-secret" not in str(event)


def test_log_shortens_the_key_of_a_form_in_its_address() -> None:
    address = "/forms/b39e3e83fbb1e3d0b6ecb42e0312c9af18d97ee3/thanks"

    told = without_keys(None, "info", {"path": address, "event": f"Not Found: {address}"})

    short = "/forms/b39e3e…/thanks"
    assert told == {"path": short, "event": f"Not Found: {short}"}


def test_log_is_one_json_object_a_line_away_from_a_terminal() -> None:
    described = logging_settings("INFO")["formatters"]["lines"]
    formatter = described["()"](
        processors=described["processors"], foreign_pre_chain=described["foreign_pre_chain"]
    )
    try:
        raise ValueError("broken\nin two lines")
    except ValueError as error:
        record = logging.LogRecord(
            "library", logging.ERROR, "file", 1, "failed: %s", ("x",), (type(error), error, None)
        )

    line = formatter.format(record)

    assert "\n" not in line
    assert json.loads(line)["event"] == "failed: x"
    assert "broken" in json.loads(line)["exception"]
