"""Two dialects must not want the same address and method."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.base.addresses import clashes, routes
from api.base.discovery import dialects

DIALECT = """
from api.base.dialect import Dialect

DIALECT = Dialect(
    name="{name}", title="", version="", package=__name__, docs="", addresses="/",
    base_view="", sample_request=lambda base_url, credentials: "",
)
"""
URLS = """
from django.urls import include, path, re_path
from django.views import View
from rest_framework.viewsets import ViewSet


def answering(*methods):
    handlers = dict.fromkeys(methods)
    return type("Answer", (View,), {{"http_method_names": methods, **handlers}}).as_view()


def acting(*methods):
    actions = {{method: "act_" + method for method in methods}}
    view = type("Actions", (ViewSet,), dict.fromkeys(actions.values(), lambda *_: None))
    return view.as_view(actions)


urlpatterns = [{patterns}]
"""


@pytest.fixture
def package(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return a package with a dialect for each list of patterns that the test names."""
    name = f"dialects_of_{abs(hash(request.node.name))}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    for number, patterns in enumerate(request.param):
        folder = tmp_path / name / f"d{number}"
        folder.mkdir()
        (folder / "__init__.py").write_text(DIALECT.format(name=f"d{number}"))
        (folder / "urls.py").write_text(URLS.format(patterns=patterns))
    sys.path.insert(0, str(tmp_path))
    yield name
    sys.path.remove(str(tmp_path))


@pytest.mark.parametrize(
    "package",
    [
        ["path('a/b', answering('get'))", "path('a/b', answering('get', 'post'))"],
        ["re_path(r'^a/(?P<id>[0-9]+)$', answering('get'))", "path('a/<int:x>', answering('get'))"],
        [
            "re_path(r'^a(?:\\.(?P<f>json|xml))?/?$', answering('get'))",
            "path('a.json', answering('get'))",
        ],
        ["path('a', answering('get'))", "re_path(r'^(?:.*/)?a$', answering('get'))"],
        [
            "path('x/', include([path('<str:y>', answering('get'))]))",
            "path('x/1', answering('get'))",
        ],
        ["path('a', acting('get', 'put'))", "path('a', acting('get', 'post'))"],
    ],
    indirect=True,
)
def test_the_same_address_and_method_is_told_with_both_names(package: str) -> None:
    found = clashes(dialects(package))
    assert found
    assert all("d0" in str(clash) and "d1" in str(clash) for clash in found)
    assert all(str(clash).startswith("GET /") for clash in found)


@pytest.mark.parametrize(
    "package",
    [
        ["path('a', answering('get'))", "path('a', answering('post'))"],
        ["path('a/<int:x>', answering('get'))", "path('a/new', answering('get'))"],
        ["path('a', answering('get')), path('a', answering('get'))", "path('b', answering('get'))"],
    ],
    indirect=True,
)
def test_other_methods_and_other_addresses_are_no_clash(package: str) -> None:
    assert clashes(dialects(package)) == []


def test_no_two_dialects_of_the_server_clash() -> None:
    assert [str(clash) for clash in clashes(dialects())] == []


def test_every_route_of_the_server_has_an_example() -> None:
    """A route without one would never be compared."""
    silent = [
        route.pattern for dialect in dialects() for route in routes(dialect) if not route.samples()
    ]
    assert silent == []
