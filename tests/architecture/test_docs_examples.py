"""What the pages of the dialects print for pasting works when it is pasted."""

import re
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

import pytest

from api.base import discovery
from tests.documents import Example, examples_of
from tests.examples import PRINTED, PROGRAMS, run_example
from tests.serving import Server

PAGES = [dialect.docs for dialect in discovery.dialects()]
EXAMPLES = [example for page in PAGES for example in examples_of(page)]
RUNNABLE = [example for example in EXAMPLES if example.language in PROGRAMS]
FORMS = [example for example in EXAMPLES if example.language == "html"]


@pytest.mark.parametrize("example", RUNNABLE, ids=str)
def test_example_runs(example: Example, server: Server, tmp_path: Path) -> None:
    run_example(example, server, tmp_path)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_begins_in_four_languages(page: str) -> None:
    languages = {example.language for example in examples_of(page)}

    assert languages >= {"sh", "python", "js", "php"}


@pytest.mark.parametrize("example", FORMS, ids=str)
def test_printed_form_makes_a_contact(example: Example, server: Server) -> None:
    address = re.search(r'action="([^"]+)"', example.code)
    assert address
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', example.code)
    asked = re.findall(r'<input(?: type="email")? name="([^"]+)"', example.code)
    fields = [(name, unescape(value)) for name, value in hidden]
    fields += [(name, "someone@example.com") for name in asked]
    key = server.credentials["webform"]["key"]
    sent = urllib.parse.urlencode(
        [(name, key if value == "FORM_KEY" else value) for name, value in fields]
    )

    url = address[1].replace(PRINTED, server.base_url) + ".json"
    with urllib.request.urlopen(url, data=sent.encode(), timeout=30) as answer:
        assert answer.status == 201
