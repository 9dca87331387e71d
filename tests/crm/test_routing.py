"""Test that addresses are found by their first segments as they would be one after the other."""

import pytest
from django.urls import URLPattern, URLResolver, re_path
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern

from api.base.addresses import routes
from api.base.discovery import dialects
from crm.routing import Mounted, beginning_of
from crm.urls import addresses

PLAIN = URLResolver(RegexPattern(""), addresses)
PATHS = (
    *("", "index.php", "admin/", "admin/contacts/contact/1/change/", "forms/x", "docs/", "nothing"),
    *("health/live", "civicrm/api3", "civicrm/api/explorer", "civicrm/ajax/rest", "static/x.css"),
    *(
        "contacts.json",
        "contacts",
        "contacts/",
        "contacts/1.xml",
        "CONTACTS.json",
        "/contacts.json",
        "Auth/Token/",
        "aUTH/token",
    ),
)


def _found(resolver: URLResolver, path: str) -> object:
    try:
        match = resolver.resolve(path)
    except Resolver404:
        return None
    return match.func, match.args, match.kwargs, match.url_name


def test_every_address_leads_where_the_whole_list_leads() -> None:
    mounted = Mounted(addresses)
    paths = [path for each in dialects() for route in routes(each) for path in route.samples()[:4]]
    wrong = [path for path in [*PATHS, *paths] if _found(mounted, path) != _found(PLAIN, path)]
    assert len(paths) > 200
    assert wrong == []


@pytest.mark.parametrize(
    ("regex", "beginning"),
    [
        (r"^contacts(?:\.[a-z]+)?/?$", "contacts"),
        (r"^webservice\.php$", "webservice.php"),
        (r"^a/bc?d", "a/b"),
        (r"^v2\.?", "v2"),
        (r"^one|two$", ""),
        (r"^(?:one|two)/x$", ""),
        (r"one$", ""),
        (r"^$", ""),
        (r"(?i)^auth/token", ""),
    ],
)
def test_only_what_all_paths_begin_with_is_looked_at(regex: str, beginning: str) -> None:
    pattern = re_path(regex, lambda request: None)
    assert isinstance(pattern, URLPattern)
    assert beginning_of(pattern) == beginning


def test_strange_paths_do_not_fill_the_memory() -> None:
    mounted = Mounted(addresses)
    for number in range(1_200):
        assert _found(mounted, f"strange{number}/x") is None
    assert len(mounted.by_segments) <= 1_000
