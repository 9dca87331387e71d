"""The running server explains itself to developers."""

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema

from api.base import discovery
from api.base.documentation import documented
from api.base.openapi import description_of
from tests.accessibility import findings, overflow

if TYPE_CHECKING:
    from playwright.sync_api import Page

DIALECTS = {dialect.name: dialect for dialect in discovery.dialects()}
DOCUMENTED = {dialect.name: dialect for dialect in documented()}
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon[a-z]+=|javascript:", re.IGNORECASE
)
ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')


@pytest.mark.django_db
def test_every_protocol_has_a_first_request_with_the_address_of_this_server(client: Client) -> None:
    page = client.get("/docs/").content.decode()

    for dialect in DIALECTS.values():
        assert f">{dialect.title}</h2>" in page
    samples = re.findall(r"<pre[^>]*><code>([^<]+)</code>", page)
    assert len(samples) == len(DIALECTS)
    assert all("curl " in sample for sample in samples)
    assert all("http://testserver/" in sample for sample in samples)
    assert all("YOUR-" in sample for sample in samples)


@pytest.mark.django_db
def test_every_operation_is_in_the_page_without_any_script(client: Client) -> None:
    page = client.get("/docs/").content.decode()
    shown = re.findall(r"<code>([A-Z]+ /[^<]*)</code></td><td>([^<]+)</td>", page)
    shown = [(address, html.unescape(about)) for address, about in shown]

    described = [
        (f"{operation.method} {operation.path}", operation.about)
        for dialect in DOCUMENTED.values()
        for operation in description_of(dialect).operations
    ]
    assert sorted(shown) == sorted(described)


@pytest.mark.django_db
def test_the_page_keeps_to_the_policy_and_to_this_server(client: Client) -> None:
    page = client.get("/docs/").content.decode()

    assert INLINE.findall(page) == []
    addresses = ADDRESS.findall(page)
    assert addresses
    assert [each for each in addresses if not each.startswith(("/", "#"))] == []


@pytest.mark.django_db
def test_every_page_that_it_leads_to_answers(client: Client) -> None:
    page = client.get("/docs/").content.decode()
    led_to = [each for each in ADDRESS.findall(page) if each.startswith("/docs/")]

    assert len(led_to) == 2 * len(DOCUMENTED)
    assert {address: client.get(address).status_code for address in led_to} == dict.fromkeys(
        led_to, 200
    )


@pytest.mark.django_db
def test_the_page_is_for_reading_only(client: Client) -> None:
    assert client.post("/docs/").status_code == 405


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_served_document_is_valid_and_names_this_server(name: str, client: Client) -> None:
    answer = client.get(f"/docs/{name}/openapi.json")

    document = json.loads(answer.content)
    validate_schema(document)
    assert document["servers"] == [{"url": "http://testserver"}]
    assert document["info"]["title"] == DIALECTS[name].title


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_operation_declares_its_refusals(name: str, client: Client) -> None:
    description = description_of(DOCUMENTED[name])
    paths = client.get(f"/docs/{name}/openapi.json").json()["paths"]
    common = {str(status) for status in description.common_refusals}
    # Some protocols tell nearly everything with the status 200, haste too, or have no word for 422.
    known = {str(status) for status in description.refusals}

    assert common <= known
    assert not known or common >= {"503"} | known & {"429"}
    for path, methods in paths.items():
        for method, operation in methods.items():
            declared = operation["responses"].keys()
            missing = common - declared
            # Whatever a prefix is, there is something behind it.
            if "{" in path and "{prefix}" not in path and method != "options":
                missing |= ({"404"} & known) - declared
            if "requestBody" in operation:
                missing |= ({"422"} & known) - declared
            assert not missing, f"{method} {path}"


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_part_of_an_address_is_a_declared_parameter(name: str, client: Client) -> None:
    paths = client.get(f"/docs/{name}/openapi.json").json()["paths"]

    for path, methods in paths.items():
        for method, operation in methods.items():
            parameters = operation.get("parameters", [])
            declared = {each["name"] for each in parameters if each["in"] == "path"}
            assert declared == set(re.findall(r"{(\w+)}", path)), f"{method} {path}"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_accessible_and_fits(page: "Page", scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/docs/")
    page.locator("summary").first.click()

    assert findings(page) == []
    assert overflow(page) == 0
