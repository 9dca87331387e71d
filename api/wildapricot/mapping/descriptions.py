"""Describe the fields to programs, as ``/contactfields`` does."""

from collections.abc import Sequence

from api.wildapricot.mapping.fields import WireField
from api.wildapricot.mapping.neighbours import linked_level
from api.wildapricot.mapping.options import described
from contacts.access import Actor

Wire = dict[str, object]

# Versions that say AdminOnly where later ones say Nobody.
_OLD = frozenset({"v1", "v1.0", "v2", "v2.0", "v2.1"})


def description(
    field: WireField, actor: Actor, *, order: int, version: str, account_url: str
) -> Wire:
    """Return the description of one field."""
    wire: Wire = {
        "Url": f"{account_url}/ContactFields/{field.id}",
        "Id": field.id,
        "Access": access_word(field.access, version),
        "MemberOnly": field.member_only,
        "IsBuiltIn": field.is_built_in,
        "SupportSearch": field.is_searchable,
        "IsEditable": field.is_editable,
        # What is built in is shown to nobody else either, and upstream does not say so here.
        "AdminOnly": field.access == "Nobody" and not field.is_built_in,
    }
    if field.field_type:
        wire["FieldType"] = field.field_type
    wire |= {
        "FieldName": field.name,
        "Type": field.type,
        "AllowedValues": allowed_values(field, actor),
        "IsSystem": field.is_system,
        "FieldInstructions": field.instructions,
        "Description": field.instructions or (field.name if field.is_system else ""),
    }
    if field.max_length:
        wire["MaxLength"] = field.max_length
    wire["Order"] = order
    if field.display:
        wire["DisplayType"] = field.display
    if field.field_type == "RulesAndTerms":
        wire["RulesAndTermsInfo"] = {"Text": field.instructions, "Link": field.terms_url}
    if field.level_ids:
        ids = sorted(field.level_ids)
        wire["ExistsInLevels"] = [linked_level(account_url, level_id) for level_id in ids]
    if field.member_only:
        wire["MemberAccess"] = "Nobody" if field.access == "Nobody" else "ViewOnly"
    return {**wire, "SystemCode": field.system_code, "IsRequired": field.is_required}


def access_word(access: str, version: str) -> str:
    """Return who may see a field in the words of the version."""
    return "AdminOnly" if access == "Nobody" and version in _OLD else access


def allowed_values(field: WireField, actor: Actor) -> Sequence[Wire]:
    """Return what can be chosen, or nothing for fields without options."""
    return described(field.meaning.options(actor), by_label=field.code == "Status")
