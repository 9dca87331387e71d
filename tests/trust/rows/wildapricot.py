"""The rows of Wild Apricot: every route, with the filters that could tell of hidden contacts."""

import re
from collections.abc import Iterator, Mapping

from api.wildapricot.views.absent import RESOURCES as ABSENT
from tests.trust.rows.probe import Body, Probe, as_json, as_query, each_method, filled

# The noun behind the id of each view.
NOUNS: Mapping[str, str] = {
    "ContactSet": "contact",
    "ContactFieldSet": "field",
    "LevelSet": "level",
    "GroupSet": "group",
    "BundleSet": "bundle",
    "SavedSearchSet": "filter",
    "PictureSet": "attachment",
    "AttachmentSet": "attachment",
    "AbsentSet": "contact",
}
BODIES: Mapping[str, list[Body]] = {
    "ContactSet": [
        {"FirstName": "Ann", "Email": "{mark}@example.com"},
        {"Id": "{contact}", "FirstName": "Ann"},
        {"FirstName": "Ann", "FieldValues": [{"SystemCode": "MemberId", "Value": "{contact}"}]},
    ],
    "ContactFieldSet": [{"FieldName": "x", "FieldType": "Text"}],
    "GroupSet": [{"Name": "x"}],
    "DecisionSet": [{"contactId": "{contact}"}],
    "TermsSet": [{"contactId": "{contact}"}],
    "StagingSet": [{}],
    "UploadSet": [{}],
    "HookSet": [{"TargetUrl": "https://example.com/{contact}"}],
    "TokenSet": [{"grant_type": "client_credentials"}],
    "AuthoriseSet": [{}],
    "AbsentSet": [{}],
}
SIGNING = frozenset({"/auth/token", "/auth/expiretoken", "/sys/login/oauthlogin"})
QUERIES: list[dict[str, str]] = [
    {"$async": "false", **query}
    for query in (
        {"$filter": "Id eq {contact}"},
        {"$filter": "'First name' eq '{mark}'"},
        {"$filter": "substringof('{mark}', Organization)"},
        {"$filter": "Email eq '{mark}@example.com'", "$count": "true"},
        {"$filter": "Phone ne '' and not (Id eq {contact})", "$sort": "'First name' desc"},
        {"$filter": "Archived eq true"},
        {"simpleQuery": "{mark}", "idsOnly": "true"},
        {"$count": "true"},
        {"resultId": "{filter}"},
        {"savedSearchId": "{filter}"},
    )
]


def names() -> set[str]:
    """Return every method of every route."""
    return {name for _, _, name in each_method("wildapricot")}


def probes() -> Iterator[Probe]:
    """Yield the requests of every route."""
    for route, method, name in each_method("wildapricot"):
        path = _path(route.pattern, route.view)
        asks_query = path.startswith("/v2.2/rpc")
        if method in ("POST", "PUT", "PATCH") and not asks_query:
            for body in BODIES.get(route.view, [{}]):
                yield Probe(name, method, path, as_json(body), is_about_session=path in SIGNING)
            continue
        if asks_query:
            path += "?contactId={contact}"
        yield Probe(name, method, path, is_about_session=path in SIGNING)
        if route.view == "ContactSet" and method == "GET" and "{contact}" not in path:
            for query in QUERIES:
                yield Probe(name, method, f"{path}?{as_query(**query)}")


def _path(pattern: str, view: str) -> str:
    places = {
        "account_id": "1",
        "record_id": "{" + NOUNS.get(view, "contact") + "}",
        "resource": ABSENT[0],
        "version": "v2.2",
    }
    plain = re.sub(r"\(\?[a-z]+:|\(\?[a-z]+\)", "(?:", pattern)
    return "/" + re.sub(r"/?\?|\$|\^|\\", "", filled(plain, places)).lstrip("/")
