"""Describe this dialect to programs: the engine's operations for every resource, and the rest."""

from collections.abc import Iterator, Mapping

from api.base.operations import Description, Operation, Reply, Schema
from api.concord.associations import LINKS
from api.concord.openapi.parts import (
    ANY_OBJECT,
    COMMON,
    DONE,
    IDS,
    INTEGER,
    MAYBE,
    MOMENT,
    OBJECT,
    OBJECTS,
    PAGING,
    REFUSALS,
    SEARCHING,
    SECURITY,
    TAKE,
    TEXT,
    Q,
    named,
    operation,
    paged,
    sent,
    shown,
)
from api.concord.resources import RESOURCES
from api.concord.resources.table import Resource

_PLACE = dict.fromkeys(("street", "city", "state", "postal_code"), TEXT)
_SHARED: Mapping[str, Schema] = {
    "email": TEXT,
    "phones": OBJECTS,
    "tags": OBJECTS,
    "user_id": MAYBE,
    "user": ANY_OBJECT,
    "source_id": MAYBE,
    "source": ANY_OBJECT,
    **_PLACE,
    "country_id": MAYBE,
    "country": ANY_OBJECT,
    "deals_count": INTEGER,
    "owner_assigned_date": MOMENT,
}
# Resource: what its records hold besides id, name and dates.
FIELDS: Mapping[str, Mapping[str, Schema]] = {
    "contacts": {
        "first_name": {"type": "string", "nullable": True},
        "last_name": TEXT,
        "job_title": TEXT,
        **_SHARED,
        "companies_count": INTEGER,
    },
    "companies": {"name": TEXT, "domain": TEXT, "industry_id": MAYBE, **_SHARED},
    "deals": {
        "name": TEXT,
        "amount": {"type": "number", "nullable": True},
        "status": {"type": "string", "enum": ["open", "won", "lost"], "nullable": True},
        "stage_id": MAYBE,
        "pipeline_id": MAYBE,
        "expected_close_date": MOMENT,
        "lost_reason": TEXT,
        "user_id": MAYBE,
    },
    "activities": {
        "title": TEXT,
        "activity_type_id": MAYBE,
        "due_date": TEXT,
        "end_date": TEXT,
        "description": TEXT,
        "is_completed": {"type": "boolean", "nullable": True},
        "user_id": MAYBE,
    },
    "calls": {"body": TEXT, "date": MOMENT, "call_outcome_id": MAYBE, "user_id": MAYBE},
    "notes": {"body": TEXT, "user_id": MAYBE},
    "pipelines": {"name": TEXT, "stages": OBJECTS},
    "pipeline-stages": {"name": TEXT, "win_probability": INTEGER, "pipeline_id": INTEGER},
    "custom-fields": {
        "resource_name": TEXT,
        "field_type": TEXT,
        "field_id": TEXT,
        "label": TEXT,
        "options": OBJECTS,
    },
    "users": {"name": TEXT, "email": TEXT},
}
_LIST_FIELDS: Mapping[str, Schema] = {"name": TEXT, "swatch_color": TEXT}


def _schema(resource: Resource) -> Schema:
    fields = FIELDS.get(resource.name, _LIST_FIELDS)
    common = {"display_name": TEXT, "created_at": MOMENT, "updated_at": MOMENT}
    return {
        "type": "object",
        "required": ["id"],
        "properties": {"id": INTEGER, **fields, **common},
    }


def _of(resource: Resource) -> Iterator[Operation]:
    name, one = f"/api/{resource.name}", f"/api/{resource.name}/{{id}}"
    record, tag = named(resource.model), resource.name
    listed: Schema = {"type": "array", "items": record}
    found, body = {200: Reply(about="What is found", schema=listed)}, sent(OBJECT)
    page = {200: Reply(about="A page", schema=paged(record))}
    yield operation("GET", name, f"List {tag}", tag, page, parameters=PAGING)
    yield operation(
        "GET", f"{name}/search", f"Search {tag}", tag, found, parameters=(*SEARCHING, TAKE)
    )
    yield operation("GET", one, "Show one", tag, shown(record))
    if resource.create is not None:
        made = {201: Reply(about="The new record", schema=record)}
        yield operation("POST", name, "Create one", tag, made, body=body, refusals=(409,))
    if resource.update is not None:
        for method in ("PUT", "PATCH"):
            yield operation(
                method, one, "Change one", tag, shown(record), body=body, refusals=(409, 412)
            )
    if resource.archive is not None or resource.delete is not None:
        yield operation("DELETE", one, "Delete one", tag, DONE, refusals=(409,))
    if resource.restore is not None:
        yield from _trash(resource)
    if resource.name in LINKS:
        yield from _associations(resource)


def _trash(resource: Resource) -> Iterator[Operation]:
    name, tag, record = f"/api/trashed/{resource.name}", resource.name, named(resource.model)
    page = {200: Reply(about="A page", schema=paged(record))}
    yield operation("GET", name, "List the trash", tag, page, parameters=PAGING)
    yield operation("DELETE", name, "Empty the trash, in batches", tag, shown(OBJECT, "How many"))
    yield operation("GET", f"{name}/{{id}}", "Show one in the trash", tag, shown(record))
    yield operation("POST", f"{name}/{{id}}", "Restore one", tag, shown(record))
    yield operation("DELETE", f"{name}/{{id}}", "Delete one for good", tag, DONE)


def _associations(resource: Resource) -> Iterator[Operation]:
    path, tag = f"/api/associations/{resource.name}/{{id}}", resource.name
    ids: Schema = {
        "type": "object",
        "properties": dict.fromkeys(LINKS[resource.name], IDS),
    }
    record = named(resource.model)
    yield operation("GET", path, "Show what is associated", tag, shown(OBJECT, "By resource"))
    for method, about in (("PUT", "Attach"), ("DELETE", "Detach"), ("POST", "Sync")):
        yield operation(
            method, path, f"{about} records", tag, shown(record), body=sent(ids), refusals=(409,)
        )


def _beside() -> Iterator[Operation]:
    listed: Schema = {"type": "array", "items": OBJECT}
    texts: Schema = {"type": "array", "items": {"type": "string"}}
    array = {200: Reply(about="All of them", schema=listed)}
    made = {201: Reply(about="Made", schema=OBJECT)}
    tokens = "/api/personal-access-tokens"
    yield operation(
        "POST", "/api/token", "Sign in", "tokens", shown(OBJECT), body=sent(OBJECT), is_public=True
    )
    yield operation("GET", tokens, "List one's tokens", "tokens", array)
    yield operation("POST", tokens, "Make a token", "tokens", made, body=sent(OBJECT))
    yield operation("DELETE", f"{tokens}/{{id}}", "Revoke a token", "tokens", DONE)
    yield operation("GET", "/api/me", "Show oneself", "users", shown(OBJECT))
    yield operation("GET", "/api/countries", "List countries", "lists", array)
    yield operation("GET", "/api/currencies", "List currencies", "lists", shown(OBJECT))
    zones = {200: Reply(about="All of them", schema=texts)}
    yield operation("GET", "/api/timezones", "List time zones", "lists", zones)
    yield operation("GET", "/api/tags", "List tags", "lists", array)
    yield operation("GET", "/api/search", "Search everything", "lists", array, parameters=(Q,))


DESCRIPTION = Description(
    about=(
        "Contacts in the manner of Concord CRM. Single records are flat, lists have `data`, "
        "`links` and `meta`, searches are arrays. Bodies may be JSON or forms with PHP's brackets."
    ),
    operations=[
        *(each for resource in RESOURCES.values() for each in _of(resource)),
        *_beside(),
    ],
    refusals=REFUSALS,
    common_refusals=COMMON,
    schemas={resource.model: _schema(resource) for resource in RESOURCES.values()},
    security=SECURITY,
)
