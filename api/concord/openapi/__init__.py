"""Describe this dialect to programs: the engine's operations for every resource, and the rest."""

from collections.abc import Iterator, Mapping

from api.base.operations import Description, Operation, Parameter, Reply, Schema
from api.concord.associations import LINKS
from api.concord.openapi.around import around, fields_of, shortcuts
from api.concord.openapi.beside import beside, forms, hooks, tags
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
        "tags": OBJECTS,
        "swatch_color": TEXT,
        "user_id": MAYBE,
    },
    "activities": {
        "title": TEXT,
        "activity_type_id": MAYBE,
        "due_date": TEXT,
        "end_date": TEXT,
        "description": TEXT,
        "note": TEXT,
        "guests": OBJECTS,
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
    "products": {
        "name": TEXT,
        "sku": TEXT,
        "description": TEXT,
        "unit_price": {"type": "number"},
        "direct_cost": {"type": "number", "nullable": True},
        "tax_rate": {"type": "number"},
        "tax_label": TEXT,
        "unit": TEXT,
        "is_active": {"type": "boolean"},
    },
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


ANY: Schema = {"anyOf": [named(resource.model) for resource in RESOURCES.values()]}
RESOURCE = Parameter(
    name="resource",
    about="Which records",
    place="path",
    schema={"type": "string", "enum": list(RESOURCES)},
)
LINKED = {**RESOURCE.schema, "enum": list(LINKS)}
OTHER = Parameter(name="other", about="Which other records", place="path", schema=RESOURCE.schema)
OWNER = Parameter(name="resource", about="Which records", place="path", schema=LINKED)
PAGE = {200: Reply(about="A page", schema=paged(ANY))}
FOUND = {200: Reply(about="What is found", schema={"type": "array", "items": ANY})}
MADE = {201: Reply(about="The new record", schema=ANY)}
BODY = sent(OBJECT)
RECORDS = "/api/{resource}"
RECORD = f"{RECORDS}/{{id}}"
TRASH = "/api/trashed/{resource}"
IDS_OF: Schema = {"type": "object", "additionalProperties": IDS}


def _engine() -> Iterator[Operation]:
    """Yield what can be done with the records of every resource."""
    of, tag = (RESOURCE,), "records"
    yield operation("GET", RECORDS, "List records", tag, PAGE, parameters=(*of, *PAGING))
    found = (*of, *SEARCHING, TAKE)
    yield operation("GET", f"{RECORDS}/search", "Search records", tag, FOUND, parameters=found)
    yield operation(
        "POST", RECORDS, "Create a record", tag, MADE, parameters=of, body=BODY, refusals=(409,)
    )
    yield operation("GET", RECORD, "Show a record", tag, shown(ANY), parameters=of)
    for method in ("PUT", "PATCH"):
        yield operation(
            method,
            RECORD,
            "Change a record",
            tag,
            shown(ANY),
            parameters=of,
            body=BODY,
            refusals=(409, 412),
        )
    yield operation("DELETE", RECORD, "Delete a record", tag, DONE, parameters=of, refusals=(409,))
    linked = (*of, OTHER, *PAGING)
    about = "List what is associated"
    yield operation("GET", f"{RECORD}/{{other}}", about, tag, PAGE, parameters=linked)


def _trash() -> Iterator[Operation]:
    of, tag = (RESOURCE,), "trash"
    listing = (*of, *PAGING)
    yield operation("GET", TRASH, "List the trash", tag, PAGE, parameters=listing)
    yield operation("GET", f"{RECORDS}/trashed", "List the trash", tag, PAGE, parameters=listing)
    found = (*of, *SEARCHING, TAKE)
    yield operation("GET", f"{TRASH}/search", "Search the trash", tag, FOUND, parameters=found)
    counted = shown(OBJECT, "How many")
    yield operation("DELETE", TRASH, "Empty the trash, in batches", tag, counted, parameters=of)
    one = f"{TRASH}/{{id}}"
    yield operation("GET", one, "Show a record in the trash", tag, shown(ANY), parameters=of)
    for path in (one, f"{RECORD}/restore"):
        yield operation("POST", path, "Restore a record", tag, shown(ANY), parameters=of)
    for path in (one, f"{RECORD}/force"):
        yield operation("DELETE", path, "Delete a record for good", tag, DONE, parameters=of)


def _associations() -> Iterator[Operation]:
    of, tag = (OWNER,), "associations"
    path = "/api/associations/{resource}/{id}"
    by_resource = shown(OBJECT, "By resource")
    yield operation("GET", path, "Show what is associated", tag, by_resource, parameters=of)
    places = (
        (path, ("PUT", "DELETE", "POST"), of),
        (f"{RECORD}/associations/{{other}}", ("POST", "DELETE", "PUT"), (OWNER, OTHER)),
    )
    for place, methods, parameters in places:
        for method, about in zip(methods, ("Attach", "Detach", "Sync"), strict=True):
            yield operation(
                method,
                place,
                f"{about} records",
                tag,
                shown(ANY),
                parameters=parameters,
                body=sent(IDS_OF),
                refusals=(409,),
            )


DESCRIPTION = Description(
    about=(
        "Contacts in the manner of Concord CRM. Single records are flat, lists have `data`, "
        "`links` and `meta`, searches are arrays. Bodies may be JSON or forms with PHP's brackets."
    ),
    operations=[
        *_engine(),
        *_trash(),
        *_associations(),
        *shortcuts(),
        *around(OWNER),
        *fields_of(RESOURCE),
        *tags(),
        *forms(),
        *hooks(),
        *beside(),
    ],
    refusals=REFUSALS,
    common_refusals=COMMON,
    schemas={resource.model: _schema(resource) for resource in RESOURCES.values()},
    security=SECURITY,
)
