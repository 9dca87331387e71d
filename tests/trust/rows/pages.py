"""The rows of the pages for people: every address that is no dialect's, opened and posted to."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from api.base.discovery import dialects
from tests.trust.rows.probe import FORM, Probe

# The noun behind the id of each kind of page, where its records belong to people.
NOUNS: Mapping[str, str] = {
    "activity": "activity",
    "contact": "contact",
    "customfield": "field",
    "deal": "deal",
    "dealcategory": "category",
    "project": "project",
    "ticket": "ticket",
    "user": "user",
    "usergroup": "group",
    "webform": "form",
}
PLACES: Mapping[str, str] = {
    "attachment_id": "{attachment}",
    "contact_id": "{contact}",
    "form_id": "{form}",
    "member_id": "{member}",
    "door": "redmineup",
    "key": "nothing",
    "url": "nothing",
    "version": "",
}
ENDS_SESSION = frozenset({"login", "logout"})
# What a form may name of hidden records, whatever page it is sent to.
POINTING: Mapping[str, str] = {
    **dict.fromkeys(("contact", "contacts", "ids", "id", "selected", "keep", "with"), "{contact}"),
    **dict.fromkeys(("project", "projects"), "{project}"),
    **dict.fromkeys(("assigned_to", "user", "owner"), "{user}"),
    **{"deal": "{deal}", "ticket": "{ticket}", "note": "{note}", "filter": "{filter}"},
    **{"group": "{group}", "category": "{category}", "other": "{company}", "action": "export"},
    **{"first_name": "x", "name": "x", "subject": "x", "content": "x", "title": "x"},
}
QUERIES: tuple[Mapping[str, str], ...] = (
    {"q": "{mark}"},
    {"search": "{mark}", "o": "-name"},
    {"project": "{project}", "contact": "{contact}", "view": "{filter}"},
    {"ids": "{contact}", "with": "{company}"},
    {"owner": "{user}", "tag": "{mark}", "company": "{mark}"},
    {"next": "/admin/contacts/contact/{contact}/"},
    {"kind": "contact", "q": "{mark}", "term": "{mark}", "id": "{contact}"},
)


def names() -> set[str]:
    """Return every address for people."""
    return set(_patterns())


def probes() -> Iterator[Probe]:
    """Yield what is asked of each address."""
    for pattern, name in _patterns().items():
        path = _path(pattern, name)
        is_about_session = name in ENDS_SESSION
        for query in ({}, *QUERIES):
            mark = "?" if query else ""
            asked = f"{path}{mark}{urlencode(query, safe='{}/')}"
            yield Probe(pattern, "GET", asked, is_about_session=is_about_session)
        body = urlencode(POINTING, safe="{}")
        yield Probe(pattern, "POST", path, body, FORM, f"POST {pattern}", is_about_session)


def _patterns() -> dict[str, str]:
    """Return the addresses with their names."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each, pattern)
        elif isinstance(each, URLPattern) and not _is_of_a_dialect(each):
            yield pattern, each.name or ""


def _is_of_a_dialect(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    module = (view or pattern.callback).__module__
    return any(module.startswith(f"{dialect.package}.") for dialect in dialects())


def _path(pattern: str, name: str) -> str:
    """Return an address with places for ids; the noun is told by the name of the page."""
    noun = NOUNS.get(name.removeprefix("contacts_").partition("_")[0], "nothing")
    address = pattern.removeprefix("^").removesuffix("$").replace("(?P<url>.*)", "<url>")
    for part in ("/?", "(?P<version>3|4|/explorer)?"):
        address = address.replace(part, "")
    parts = address.split("<")
    path = parts[0]
    for part in parts[1:]:
        named, _, rest = part.partition(">")
        place = named.rpartition(":")[2]
        path += PLACES.get(place, f"{{{noun}}}") + rest
    return f"/{path}"
