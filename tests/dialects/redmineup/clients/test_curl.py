"""The examples of the original's documentation, pasted into a shell as they are printed there.

Only the address and the number of the contact differ. The typographic quotes are those of the
documentation: the shell hands curl two broken words instead of a header, and it has to work.
"""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from tests.serving import Server

UPDATE = (
    r"""curl -v -H “Accept: application/json” -H "Content-Type: application/json" -X PUT"""
    r""" http://localhost:3000/contacts/1 -u admin:admin -d"""
    r""" "{\"contact\": {\"first_name\":\"John\",\"last_name\":\"Smith\"}}" """
)
CREATE = (
    r"""curl -v -H "Content-Type: application/xml" -X POST -d"""
    r""" "<contact><first_name>API contact name</first_name><is_company>true</is_company>"""
    r"""<project_id>support</project_id></contact>" -u admin:admin http://localhost:3000/contacts.xml"""
)
CREATE_XML = """<?xml version="1.0"?>
<contact>
  <project_id>1</project_id>
  <first_name>John</first_name>
  <address_attributes>
    <street1>12, Street</street1>
    <city>Moscow</city>
    <country_code>RU</country_code>
  </address_attributes>
  <tag_list>vip,cold call</tag_list>
</contact>"""
CREATE_JSON = """{
  "contact": {
    "project_id": 1,
    "first_name": "John",
    "address_attributes": {"street1": "12, Street", "city": "Moscow", "country_code": "RU"},
    "tag_list": "vip,cold call"
  }
}"""


@pytest.fixture(scope="module")
def asked(server: Server) -> Server:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    words = ("--username=admin", "--password=admin", "--json")
    server.manage("bootstrap", *words, "--project=support")
    return server


def paste(server: Server, command: str, contact_id: int | None = None) -> str:
    """Run a command in a shell and return what curl printed, its log included."""
    command = command.replace("http://localhost:3000", server.base_url)
    command = command.replace("/contacts/1 ", f"/contacts/{contact_id} ")
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


def ask(server: Server, path: str) -> Any:
    """Return the JSON of an address, read by the administrator."""
    return json.loads(
        subprocess.run(
            ["curl", "-s", "-u", "admin:admin", server.base_url + path],
            capture_output=True,
            check=True,
        ).stdout
    )


def post(server: Server, path: str, content_type: str, body: str) -> str:
    """Post a body and return the answer with its head."""
    done = subprocess.run(
        [
            "curl",
            "-s",
            "-i",
            "-u",
            "admin:admin",
            "-H",
            f"Content-Type: {content_type}",
            "-d",
            body,
            server.base_url + path,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_printed_update_changes_the_contact(asked: Server) -> None:
    body = '{"contact": {"first_name": "Before", "project_id": "demo"}}'
    made = post(asked, "/contacts.json", "application/json", body)
    contact_id = int(made.rpartition('{"contact":{"id":')[2].partition(",")[0])
    printed = paste(asked, UPDATE, contact_id)
    assert re.search(r"< HTTP/1.1 20[04] ", printed), printed
    contact = ask(asked, f"/contacts/{contact_id}.json")["contact"]
    assert (contact["first_name"], contact["last_name"]) == ("John", "Smith")


def test_the_printed_create_makes_a_company_in_the_project(asked: Server) -> None:
    printed = paste(asked, CREATE)
    assert "< HTTP/1.1 201 " in printed, printed
    found = ask(asked, "/contacts.json?project_id=support&is_company=1")["contacts"]
    assert [each["first_name"] for each in found] == ["API contact name"]


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/contacts.xml", "application/xml", CREATE_XML),
        ("/contacts.json", "application/json", CREATE_JSON),
    ],
)
def test_the_printed_bodies_make_john_in_moscow(
    path: str, content_type: str, body: str, asked: Server
) -> None:
    answer = post(asked, path, content_type, body)
    assert answer.startswith("HTTP/1.1 201 ")
    assert "12, Street, Moscow, Russia" in answer
    assert "cold call" in answer
