"""Turn a lead into an account, a contact and a potential."""

from collections.abc import Mapping

from api.vtiger.errors import VtigerError, wrong_id
from api.vtiger.mapping.field import Draft, Wire
from api.vtiger.mapping.ids import write_id
from api.vtiger.modules import Module, get_module
from api.vtiger.modules.leads import LEADS
from api.vtiger.records import (
    Found,
    element_of,
    fill,
    find_by_id,
    require_mandatory,
    wire_faults,
    write_records,
)
from api.vtiger.registry import Context, vtiger_operation
from contacts.errors import ConflictError
from contacts.services.leads import CHANNELS, Conversion, convert_lead

OWNER = "assigned_user_id"
ACCOUNTS, CONTACTS, POTENTIALS = "Accounts", "Contacts", "Potentials"

# What a lead gives where nothing is sent, by the fields of both. Else the domain hands it over.
OF_LEAD = {
    ACCOUNTS: {"accountname": "company"},
    CONTACTS: {"lastname": "lastname"},
    POTENTIALS: {
        "potentialname": "company",
        "leadsource": "leadsource",
        "description": "description",
    },
}

Values = Mapping[str, object]


@vtiger_operation("convertlead", method="POST", params=[("element", "encoded")])
def convertlead(ctx: Context, element: object) -> Wire | None:
    """Convert a lead; returns the ids of what was made of it, null where nothing was asked for."""
    sent = element if isinstance(element, Mapping) else {}
    found = find_by_id(ctx.actor, str(sent.get("leadId") or ""))
    if found.module is not LEADS:
        raise wrong_id()
    if found.document["stage"] == "converted":
        raise _converted_already()
    asked = sent.get("entities")
    wanted = asked if isinstance(asked, Mapping) else {}
    values = {
        name: _values(ctx, get_module(ctx.actor, name), wanted.get(name), found, sent)
        for name in (ACCOUNTS, CONTACTS, POTENTIALS)
        if _is_asked_for(wanted.get(name))
    }
    if not values.keys() & {ACCOUNTS, CONTACTS}:
        return None
    heir = "company" if sent.get("transferRelatedRecordsTo") == ACCOUNTS else "contact"
    conversion = Conversion(
        values.get(ACCOUNTS), values.get(CONTACTS), values.get(POTENTIALS), heir
    )
    try:
        with wire_faults(LEADS.fields):
            made = convert_lead(ctx.actor, found.record_id, conversion)
    except ConflictError:
        raise _converted_already() from None
    ids = ((ACCOUNTS, 11, made.company_id), (CONTACTS, 12, made.contact_id))
    return {
        name: write_id(number, record_id)
        for name, number, record_id in (*ids, (POTENTIALS, 13, made.deal_id))
        if record_id is not None
    }


def _converted_already() -> VtigerError:
    return VtigerError("LEAD_ALREADY_CONVERTED", "Lead is already converted")


def _is_asked_for(wanted: object) -> bool:
    if not isinstance(wanted, Mapping):
        return False
    return str(wanted.get("create", "")).lower() in ("true", "1", "on")


def _draft(ctx: Context, lead: Found) -> Draft:
    """Return a draft that begins with the lead's channels, of which a field changes its own."""
    return Draft(ctx.actor, {key: lead.document.get(key, ()) for key in CHANNELS})


def _values(
    ctx: Context, module: Module, wanted: object, lead: Found, sent: Mapping[str, object]
) -> Values:
    """Return the values that are sent for one of the new records."""
    fields = module.fields_for(ctx.actor)
    element = {OWNER: str(sent.get("assignedTo") or ""), **element_of(wanted)}
    (known,) = write_records(ctx.actor, LEADS.fields, [lead.document])
    for name, own in OF_LEAD[module.name].items():
        if not element.get(name, "").strip():
            element[name] = str(known[own])
    needed = [field for field in fields if field.name != OWNER]
    require_mandatory(needed, element, partly=False)
    with wire_faults(fields):
        values = fill(_draft(ctx, lead), fields, element)
    return {key: value for key, value in values.items() if value not in ("", None)}
