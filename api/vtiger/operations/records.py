"""Single records: made, read, changed, put into the trash."""

from collections.abc import Iterable, Mapping

from api.base.versions import version_of
from api.vtiger.calls import body_of
from api.vtiger.errors import VtigerError, denied
from api.vtiger.mapping.field import Document, Draft, Wire, WireField
from api.vtiger.modules import MODULES
from api.vtiger.records import (
    element_of,
    fill,
    find_by_id,
    followed,
    require_mandatory,
    wire_faults,
    write_whole,
)
from api.vtiger.registry import Context, vtiger_operation
from contacts.services.one_change import one_change


@vtiger_operation(
    "create",
    method="POST",
    params=[("elementType", "string", "name"), ("element", "encoded")],
)
def create(ctx: Context, name: str, element: object) -> Wire:
    """Create a record and return it."""
    module = MODULES.get(name)
    if module is None or module.create is None or not module.is_open_to(ctx.actor):
        raise denied()
    if not module.may(ctx.actor, "create"):
        raise VtigerError("ACCESS_DENIED", "Permission to write is denied")
    fields, sent = module.fields_for(ctx.actor), element_of(element)
    require_mandatory(fields, sent, partly=False)
    with wire_faults(fields), one_change():
        draft = Draft(ctx.actor, file=_file_in(ctx, fields))
        fill(draft, fields, sent)
        if module.complete is not None:
            module.complete(ctx.actor, draft)
        made = module.create(ctx.actor, draft.values)
        document = followed(ctx.actor, module, made, draft)
    return write_whole(ctx.actor, module, document)


@vtiger_operation("retrieve", params=[("id", "string", "record_id")])
def retrieve(ctx: Context, record_id: str) -> Wire:
    """Return a record."""
    found = find_by_id(ctx.actor, record_id)
    ctx.request.shown_version = version_of(found.module.kind, found.document)
    return write_whole(ctx.actor, found.module, found.document)


@vtiger_operation("update", method="POST", params=[("element", "encoded")])
def update(ctx: Context, element: object) -> Wire:
    """Change what is sent; every mandatory value has to be, and blank references are kept."""
    return _change(ctx, element, is_whole=True)


@vtiger_operation("revise", method="POST", params=[("element", "encoded")])
def revise(ctx: Context, element: object) -> Wire:
    """Change what is sent, and nothing else is asked for."""
    return _change(ctx, element, is_whole=False)


@vtiger_operation("delete", method="POST", params=[("id", "string", "record_id")])
def delete(ctx: Context, record_id: str) -> Wire:
    """Put a record into the trash."""
    found = find_by_id(ctx.actor, record_id)
    if found.module.archive is None:
        raise denied()
    found.module.archive(ctx.actor, found.record_id)
    return {"status": "successful"}


def _file_in(ctx: Context, fields: Iterable[WireField]) -> object:
    """Return the part of a form that is called as the field for a file or picture, or None."""
    names = (field.name for field in fields if field.type in ("file", "image"))
    body = body_of(ctx.request)
    return next((body[name] for name in names if name in body), None)


def _change(ctx: Context, element: object, *, is_whole: bool) -> Wire:
    sent = element_of(element)
    found = find_by_id(ctx.actor, sent.get("id", ""))
    module = found.module
    if module.update is None:
        raise denied()
    fields = module.fields_for(ctx.actor)
    require_mandatory(fields, sent, partly=not is_whole)

    draft = Draft(ctx.actor, keeps_blank_references=is_whole, file=_file_in(ctx, fields))

    def change(document: Document) -> Mapping[str, object]:
        draft.document = document
        return fill(draft, fields, sent)

    with wire_faults(fields), one_change():
        changed = module.update(ctx.actor, found.record_id, change)
        document = followed(ctx.actor, module, changed, draft)
    ctx.request.shown_version = version_of(module.kind, document)
    return write_whole(ctx.actor, module, document)
