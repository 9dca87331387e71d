"""The rows of RedmineUP: every route, with bodies that point at hidden records."""

from collections.abc import Iterator, Mapping

from api.redmineup.mapping.contact_filters import CONTACT_FILTERS
from api.redmineup.mapping.deal_filters import DEAL_FILTERS
from api.redmineup.mapping.issue_filters import ISSUE_FILTERS
from api.redmineup.mapping.user_filters import USER_FILTERS
from tests.trust.rows.probe import Body, Probe, as_json, as_query, each_method, filled

# What stands for each named part of an address.
PLACES: Mapping[str, str] = {
    "project": "{project}",
    "contact_id": "{contact}",
    "note_id": "{note}",
    "attachment_id": "{attachment}",
    "filename": "x",
    "deal_id": "{deal}",
    "category_id": "{category}",
    "field_id": "{field}",
    "member_id": "{member}",
    "role_id": "{role}",
    "user_id": "{user}",
    "user": "{user}",
    "group_id": "{group}",
    "issue_id": "{ticket}",
}
ENDS = (r"(?:\.[A-Za-z0-9]+)?/?", "/?")
INSIDE = "elsewhere"

# The bodies by view; each is sent by POST, PUT and PATCH alike.
BODIES: Mapping[str, list[Body]] = {
    "ContactSet": [
        {"contact": {"first_name": "Ann", "project_id": "{project}"}},
        {"contact": {"first_name": "Ann", "project_id": INSIDE, "assigned_to_id": "{user}"}},
        {"contact": {"first_name": "Ann", "project_id": INSIDE, "avatar": {"id": "{attachment}"}}},
        {"contact": {"first_name": "Ann", "project_id": INSIDE, "company": "{mark} Ltd"}},
        {
            "contact": {
                "first_name": "Ann",
                "project_id": INSIDE,
                "custom_fields": [{"id": "{field}", "value": "{mark}"}],
            }
        },
    ],
    "ContactProjectSet": [{"project": {"id": "{project}"}}, {"project": {"id": INSIDE}}],
    "NoteSet": [
        {"note": {"content": "x", "source_type": kind, "source_id": place}}
        for kind, place in (("Contact", "{contact}"), ("Deal", "{deal}"), ("Issue", "{ticket}"))
    ],
    "UploadSet": [{}],
    "AttachmentSet": [{"attachment": {"description": "x"}}],
    "DealSet": [
        {"deal": {"name": "x", "project_id": "{project}"}},
        {"deal": {"name": "x", "project_id": INSIDE, "contact_id": "{contact}"}},
        {"deal": {"name": "x", "project_id": INSIDE, "category_id": "{category}"}},
        {"deal": {"name": "x", "project_id": INSIDE, "assigned_to_id": "{user}"}},
        {"deal": {"name": "x", "project_id": INSIDE, "related_contacts": ["{contact}"]}},
    ],
    "DealCategorySet": [{"deal_category": {"name": "x"}}, {"category": {"name": "x"}}],
    "CustomFieldSet": [{"custom_field": {"name": "x", "field_format": "string"}}],
    "ProjectSet": [
        {"project": {"name": "x", "identifier": "x"}},
        {"project": {"name": "x", "identifier": "x", "parent_id": "{project}"}},
    ],
    "MembershipSet": [{"membership": {"user_id": "{user}", "role_ids": [1]}}],
    "UserSet": [{"user": {"login": "x", "firstname": "x", "lastname": "x", "mail": "x@y.zz"}}],
    "GroupSet": [{"group": {"name": "x", "user_ids": ["{user}"]}}, {"user_id": "{user}"}],
    "IssueSet": [
        {"issue": {"subject": "x", "project_id": "{project}"}},
        {"issue": {"subject": "x", "project_id": INSIDE, "contact_id": "{contact}"}},
        {"issue": {"subject": "x", "project_id": INSIDE, "assigned_to_id": "{user}"}},
        {"issue": {"subject": "x", "project_id": INSIDE, "category_id": "{category}"}},
    ],
}

_BY_ID = {
    "project_id": "{project}",
    "contact_id": "{contact}",
    "assigned_to_id": "{user}",
    "author_id": "{user}",
    "category_id": "{category}",
    "ids": "{contact}",
    "id": "{contact}",
}
INCLUDES = "notes,contacts,deals,issues,projects,attachments,journals,memberships,tags,users,groups"
QUERIES: Mapping[str, list[dict[str, str]]] = {
    "ContactSet": [
        *({name: _BY_ID.get(name, "{mark}")} for name in CONTACT_FILTERS),
        {"search": "{mark}"},
        {"query_id": "{filter}"},
        {"include": INCLUDES, "sort": "company:desc"},
        {"project_id": "{project}"},
    ],
    "DealSet": [
        *({name: _BY_ID.get(name, "{mark}")} for name in DEAL_FILTERS),
        {"search": "{mark}"},
        {"include": INCLUDES},
    ],
    "IssueSet": [{name: _BY_ID.get(name, "{mark}")} for name in ISSUE_FILTERS],
    "UserSet": [{name: "{mark}"} for name in USER_FILTERS],
    "SearchSet": [{"q": "{mark}"}, {"q": "{mark}", "scope": "all", "attachments": "only"}],
    "NoteSet": [{"source_type": "Contact", "source_id": "{contact}"}, {"search": "{mark}"}],
    "TagSet": [{"q": "{mark}"}],
    "ProjectSet": [{"include": INCLUDES}, {"name": "{mark}"}],
}


def names() -> set[str]:
    """Return every method of every route."""
    return {name for _, _, name in each_method("redmineup")}


def probes() -> Iterator[Probe]:
    """Yield the requests of every route."""
    for route, method, name in each_method("redmineup"):
        address = filled(_stem(route.pattern), PLACES)
        path = f"/{address}" if "download" in address else f"/{address}.json"
        if method in ("POST", "PUT", "PATCH"):
            for body in BODIES[route.view] if "/close" not in path else [{}]:
                yield Probe(name, method, path, as_json(body))
            continue
        yield Probe(name, method, path)
        if method == "GET":
            for query in QUERIES.get(route.view, []):
                yield Probe(name, method, f"{path}?{as_query(**query)}")
    yield from _mixed()


def _mixed() -> Iterator[Probe]:
    """Yield requests for hidden records below a project that the caller is in."""
    for route, method, name in each_method("redmineup"):
        if "(?P<project>" in route.pattern and method == "GET":
            address = filled(_stem(route.pattern), {**PLACES, "project": INSIDE})
            yield Probe(name, method, f"/{address}.json")
            for query in QUERIES.get(route.view, []):
                yield Probe(name, method, f"/{address}.json?{as_query(**query)}")


def _stem(pattern: str) -> str:
    for end in ENDS:
        if pattern.endswith(end):
            pattern = pattern.removesuffix(end)
    return pattern.replace("(?:/(?P<filename>[^/]*))?", "")
