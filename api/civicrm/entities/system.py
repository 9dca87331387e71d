"""System, Setting and Domain: what the instance is, and how it is set up."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from api.civicrm.calls import Call, Operation, Record, Records, Result, success
from api.civicrm.entity import Entity, fixed
from api.civicrm.errors import CiviApiError
from api.civicrm.mapping.declaring import integer, record_id, text, yes_no
from api.civicrm.permissions import CLOSED, MEMBER, Permissions
from api.civicrm.sources.tables import TableSource
from contacts.access import Actor

# What clients compare with before they use newer features.
VERSION = "6.14.0"


def _system(call: Call) -> Result:
    # A list always: PHP writes a map that counts from 0 as one.
    return success(
        [{"version": VERSION, "uf": "Standalone", "civi": {"version": VERSION}, "php": {}}]
    )


def _check(call: Call) -> Result:
    # Nothing is wrong: what would be is told by the addresses that operators watch.
    return success([], 0)


def _flush(call: Call) -> Result:
    # What is kept in memory here renews itself; there is nothing to clear.
    return success(1)


def _language() -> str:
    code, _, country = settings.LANGUAGE_CODE.replace("_", "-").partition("-")
    return f"{code}_{(country or _COUNTRIES.get(code, code)).upper()}"


_COUNTRIES = {"en": "us", "cs": "cz", "da": "dk", "sv": "se", "uk": "ua", "ja": "jp", "zh": "cn"}

SETTINGS: Mapping[str, Callable[[], Any]] = {  # JSON
    "lcMessages": _language,
    "defaultCurrency": lambda: "USD",
    "dateformatDatetime": lambda: "%B %E%f, %Y %l:%M %P",
    "timeInputFormat": lambda: 1,
    "defaultContactCountry": lambda: "1228",
}


def _settings(call: Call) -> Records:
    names = call.options.returned or tuple(SETTINGS)
    return Records({"1": {name: SETTINGS[name]() for name in names if name in SETTINGS}})


def _setting_value(call: Call) -> Result:
    name = str(call.params.get("name") or "")
    if name not in SETTINGS:
        raise CiviApiError(f"Unknown setting: {name}")
    return SETTINGS[name]()


def _no_rows(actor: Actor) -> list[Record]:
    return []


def _domain_rows(actor: Actor) -> list[Record]:
    return [
        {
            "id": "1",
            "name": "Rosetta CRM",
            "description": "",
            "version": VERSION,
            "locale_custom_strings": "",
            "from_name": "Rosetta CRM",
            "from_email": settings.DEFAULT_FROM_EMAIL,
            "domain_email": settings.DEFAULT_FROM_EMAIL,
            "is_active": "1",
        }
    ]


_ONLY_GET = frozenset(
    {
        *("getcount", "getlist", "getsingle", "getoptions", "getfield", "getrefcount"),
        *("getunique", "validate"),
    }
)

ENTITIES = (
    Entity(
        name="System",
        source=TableSource(_no_rows),
        fields=fixed(text("version", "Version", is_writable=False)),
        permissions=CLOSED,
        actions={
            "get": Operation(_system, is_reading=True),
            "check": Operation(_check, is_reading=True),
            "flush": Operation(_flush),
        },
        hidden_actions=_ONLY_GET | {"getvalue"},
    ),
    Entity(
        name="Setting",
        source=TableSource(_no_rows),
        fields=fixed(*(text(name, name, is_writable=False) for name in SETTINGS)),
        permissions=CLOSED,
        actions={
            "get": Operation(_settings, is_reading=True),
            "getvalue": Operation(_setting_value, is_reading=True),
        },
        hidden_actions=_ONLY_GET,
    ),
    Entity(
        name="Domain",
        source=TableSource(_domain_rows),
        fields=fixed(
            record_id("Domain ID"),
            text("name", "Domain Name", is_writable=False),
            text("description", "Domain Description", is_writable=False),
            text("version", "Version", is_writable=False),
            text("from_name", "From Name", is_writable=False),
            text("from_email", "From Email", is_writable=False),
            text("domain_email", "Domain Email", is_writable=False),
            integer("contact_id", "Contact ID", is_writable=False, target="Contact"),
            yes_no("is_active", "Is Active", is_writable=False),
        ),
        permissions=Permissions(get=MEMBER),
        label="name",
    ),
)
