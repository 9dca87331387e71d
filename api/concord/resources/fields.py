"""What records take besides custom fields, as clients that make forms of it are told."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldInfo:
    """One key of a body: how it is shown, whether it has to be there, whence its choices come."""

    name: str
    component: str = "text-field"
    is_required: bool = False
    is_unique: bool = False
    list_name: str = ""
    label: str = ""


_PLACE = (
    FieldInfo("street"),
    FieldInfo("city"),
    FieldInfo("state"),
    FieldInfo("postal_code"),
    FieldInfo("country_id", "select-field", list_name="country"),
)
_PHONES = FieldInfo("phones", "phone-field")
_TAGS = FieldInfo("tags", "tags-field", list_name="tag")
_SOURCE = FieldInfo("source_id", "select-field", list_name="lead_source")
_OWNER = FieldInfo("user_id", "select-field", list_name="user")
_NAME = FieldInfo("name", is_required=True, is_unique=True)
_COLOR = FieldInfo("swatch_color", "color-swatch-field", label="Color")


def _ties(*names: str) -> tuple[FieldInfo, ...]:
    return tuple(FieldInfo(name, "associations-field", label=name.capitalize()) for name in names)


FIELDS: Mapping[str, tuple[FieldInfo, ...]] = {
    "contacts": (
        FieldInfo("first_name", is_required=True),
        FieldInfo("last_name"),
        FieldInfo("email", "email-field", is_unique=True),
        _PHONES,
        _OWNER,
        _SOURCE,
        _TAGS,
        FieldInfo("job_title"),
        *_PLACE,
        *_ties("companies", "deals"),
    ),
    "companies": (
        FieldInfo("name", is_required=True),
        FieldInfo("domain", "domain-field"),
        FieldInfo("email", "email-field", is_unique=True),
        _PHONES,
        FieldInfo("industry_id", "select-field", list_name="industry"),
        FieldInfo("parent_company_id", "select-field"),
        _OWNER,
        _SOURCE,
        _TAGS,
        *_PLACE,
        *_ties("contacts", "deals"),
    ),
    "deals": (
        FieldInfo("name", is_required=True, label="Deal Name"),
        FieldInfo("pipeline_id", "select-field"),
        FieldInfo("stage_id", "select-field", is_required=True),
        FieldInfo("amount", "numeric-field"),
        FieldInfo("expected_close_date", "date-field"),
        _TAGS,
        _OWNER,
        *_ties("contacts", "companies"),
    ),
    "activities": (
        FieldInfo("title", is_required=True),
        FieldInfo("activity_type_id", "select-field", list_name="activity_type"),
        FieldInfo("due_date", "date-time-field", is_required=True),
        FieldInfo("end_date", "date-time-field"),
        FieldInfo("reminder_minutes_before", "number-field", label="Reminder"),
        FieldInfo("user_id", "select-field", is_required=True, list_name="user"),
        FieldInfo("description", "editor-field"),
        FieldInfo("note", "editor-field", label="Note"),
        FieldInfo("guests", "guests-select-field", label="Guests"),
        *_ties("contacts", "companies", "deals"),
    ),
    "calls": (
        FieldInfo("call_outcome_id", "select-field", is_required=True, list_name="call_outcome"),
        FieldInfo("date", "date-time-field", is_required=True),
        FieldInfo("body", "editor-field", is_required=True),
    ),
    "notes": (FieldInfo("body", "editor-field", is_required=True),),
    "products": (
        FieldInfo("name", is_required=True, is_unique=True),
        FieldInfo("sku", is_unique=True, label="SKU"),
        FieldInfo("description", "textarea-field"),
        FieldInfo("unit_price", "numeric-field", is_required=True, label="Unit Price"),
        FieldInfo("direct_cost", "numeric-field", label="Direct Cost"),
        FieldInfo("tax_rate", "numeric-field", label="Tax Rate"),
        FieldInfo("tax_label", label="Tax Label"),
        FieldInfo("unit", label="Unit"),
        FieldInfo("is_active", "boolean-field", label="Active"),
    ),
    **dict.fromkeys(("sources", "industries", "lost-reasons"), (_NAME,)),
    "call-outcomes": (_NAME, _COLOR),
    "activity-types": (_NAME, _COLOR, FieldInfo("icon", "icon-picker-field", label="Icon")),
    "pipelines": (_NAME,),
    "pipeline-stages": (
        _NAME,
        FieldInfo("win_probability", "number-field", is_required=True),
        FieldInfo("pipeline_id", "select-field", is_required=True),
    ),
    "users": (
        FieldInfo("name", is_required=True),
        FieldInfo("email", "email-field", is_required=True, is_unique=True),
        FieldInfo("timezone", "timezone-field", label="Timezone"),
        FieldInfo("locale", "select-field", label="Locale"),
    ),
}
