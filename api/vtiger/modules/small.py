"""Groups and Currency: small tables to which other records point."""

from decimal import Decimal

from api.vtiger.mapping.field import Document, Draft, Look
from api.vtiger.mapping.known import (
    KnownField,
    Put,
    Show,
    fixed,
    flag_put,
    flag_shown,
    key_put,
    key_shown,
    leave,
)
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.table import Module
from contacts.access import Actor
from contacts.query import get_record
from contacts.services.currencies import create_currency, delete_currency, update_currency
from contacts.services.user_groups import (
    create_user_group,
    delete_user_group,
    update_user_group,
)

GROUP, CURRENCY = "user_group", "currency"


def _field(  # what a declaration says
    kind: str,
    name: str,
    show: Show,
    write: Put = leave,
    *,
    type_name: str = "string",
    is_mandatory: bool = False,
) -> KnownField:
    return KnownField(
        name=name,
        label=name,
        type=type_name,
        kind=kind,
        show=show,
        write=write,
        is_mandatory=is_mandatory,
        is_editable=write is not leave,
    )


def _rate(document: Document, look: Look) -> str:
    return format(round(Decimal(str(document["rate"])), 5), "f")


def _put_code(text: str, draft: Draft) -> None:
    draft.values["code"] = text.strip().upper()


def read_group(actor: Actor, record_id: int) -> Document:
    """Return the document of a user group."""
    return get_record(actor, GROUP, record_id)


def read_currency(actor: Actor, record_id: int) -> Document:
    """Return the document of a currency."""
    return get_record(actor, CURRENCY, record_id)


GROUPS = Module(
    name="Groups",
    number=20,
    label="Groups",
    id_label="groupid",
    kind=GROUP,
    is_entity=False,
    label_fields=("groupname",),
    create=create_user_group,
    update=with_present(read_group, update_user_group),
    archive=delete_user_group,
    has_trash=False,
    single=lambda document: {"groupid": str(document["id"])},
    fields=(
        _field(GROUP, "groupname", key_shown("name"), key_put("name"), is_mandatory=True),
        _field(GROUP, "description", key_shown("description"), key_put("description")),
    ),
)

CURRENCIES = Module(
    name="Currency",
    number=21,
    label="Currency",
    id_label="id",
    kind=CURRENCY,
    is_entity=False,
    label_fields=("currency_name",),
    create=create_currency,
    update=with_present(read_currency, update_currency),
    archive=delete_currency,
    has_trash=False,
    fields=(
        _field(CURRENCY, "currency_name", key_shown("name"), key_put("name"), is_mandatory=True),
        _field(CURRENCY, "currency_code", key_shown("code"), _put_code, is_mandatory=True),
        _field(CURRENCY, "currency_symbol", key_shown("symbol"), key_put("symbol")),
        _field(CURRENCY, "conversion_rate", _rate, key_put("rate"), type_name="double"),
        _field(
            CURRENCY,
            "currency_status",
            flag_shown("is_active", "Active", "Inactive"),
            flag_put("is_active", "Active", "Inactive"),
        ),
        # The original marks its base currency so.
        _field(CURRENCY, "defaultid", flag_shown("is_default", "-11", "0"), type_name="integer"),
        _field(CURRENCY, "deleted", fixed("0"), type_name="integer"),
    ),
)
