"""Users: who works here; only administrators keep them."""

from collections.abc import Callable, Mapping
from typing import Any

from api.vtiger.auth import access_key_shown
from api.vtiger.mapping.field import Document, Draft, Look, WireField
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
from api.vtiger.mapping.plain import moment_text
from api.vtiger.modules.table import Module
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import get_record
from contacts.services.one_change import one_change
from contacts.services.passwords import change_password
from contacts.services.users import create_user, lock_user, update_user

KIND = "user"
Change = Callable[[Document], Mapping[str, object]]
PASSWORD = "password"  # noqa: S105  # the key under which it travels


def _contact_of(document: Document, look: Look) -> Document:
    return look.find("contact", document.get("contact_id") or 0) or {}


def _own(key: str) -> Show:
    """Show a text of the user's own contact."""
    return lambda document, look: str(_contact_of(document, look).get(key) or "")


def _phone(kind: str) -> Show:
    """Show the first phone of the user's own contact that is, or is not, a mobile one."""

    def show(document: Document, look: Look) -> str:
        phones = _contact_of(document, look).get("phones", ())
        options = reference.options()
        for phone in phones:
            option = options.by_id.get(phone.get("type_id") or 0)
            is_mobile = option is not None and option.name == "mobile"
            if is_mobile == (kind == "mobile"):
                return str(phone["number"])
        return ""

    return show


def _language(document: Document, look: Look) -> str:
    spoken = str(document.get("language") or "en").replace("-", "_")
    return spoken if "_" in spoken else f"{spoken}_{'us' if spoken == 'en' else spoken}"


def _put_language(text: str, draft: Draft) -> None:
    wanted = text.strip().lower().replace("_", "-")
    draft.values["language"] = wanted.partition("-")[0]


def _is_administrator(document: Document, look: Look) -> str:
    return "on" if document.get("is_administrator") else "off"


def _key(document: Document, look: Look) -> str:
    """Show the access key of the caller and of nobody else."""
    return access_key_shown(look.actor) if document["id"] == look.actor.user_id else ""


def _user(  # noqa: PLR0913  # what a declaration says
    name: str,
    label: str,
    show: Show,
    write: Put = leave,
    *,
    type_name: str = "string",
    is_mandatory: bool = False,
    more: Mapping[str, Any] | None = None,
    looks_at: str = "",
    keys: tuple[str, ...] = (),
) -> WireField:
    return KnownField(
        name=name,
        label=label,
        type=type_name,
        kind=KIND,
        show=show,
        write=write,
        is_mandatory=is_mandatory,
        is_editable=write is not leave,
        more=more,
        looks_at=looks_at,
        keys=keys,
    )


def _picklist(*words: str) -> dict[str, object]:
    values = [{"label": word, "value": word} for word in words]
    return {"picklistValues": values, "defaultValue": words[0]}


def create(actor: Actor, values: Mapping[str, object]) -> Document:
    """Create a user, with a password where one is sent."""
    kept = dict(values)
    password = kept.pop(PASSWORD, None)
    return create_user(actor, kept, password=str(password) if password else None)


def update(actor: Actor, record_id: int, change: Change) -> Document:
    """Change a user; a password that comes along is set too."""
    kept = dict(change(get_record(actor, KIND, record_id)))
    password = kept.pop(PASSWORD, None)
    with one_change():
        if password and record_id != actor.user_id:
            change_password(actor, record_id, str(password))
        return update_user(actor, record_id, kept)


USERS = Module(
    name="Users",
    number=19,
    label="Users",
    id_label="id",
    kind=KIND,
    label_fields=("first_name", "last_name"),
    is_open_to=lambda actor: actor.is_administrator,
    create=create,
    update=update,
    archive=lock_user,
    has_trash=False,
    fields=(
        _user(
            "user_name",
            "User Name",
            key_shown("username"),
            key_put("username"),
            is_mandatory=True,
            keys=("username",),
        ),
        _user(
            "is_admin",
            "Admin",
            _is_administrator,
            flag_put("is_administrator", "on", "off"),
            type_name="boolean",
        ),
        _user(
            "user_password",
            "Password",
            fixed(""),
            key_put(PASSWORD),
            type_name="password",
            keys=("password",),
        ),
        _user("confirm_password", "Confirm Password", fixed(""), type_name="password"),
        _user("first_name", "First Name", key_shown("first_name"), key_put("first_name")),
        _user(
            "last_name",
            "Last Name",
            key_shown("last_name"),
            key_put("last_name"),
            is_mandatory=True,
        ),
        _user("roleid", "Role", fixed("")),
        _user(
            "email1",
            "Primary Email",
            key_shown("email"),
            key_put("email"),
            type_name="email",
            is_mandatory=True,
            keys=("email",),
        ),
        _user(
            "status",
            "Status",
            flag_shown("is_active", "Active", "Inactive"),
            flag_put("is_active", "Active", "Inactive"),
            type_name="picklist",
            more=_picklist("Active", "Inactive"),
        ),
        _user("title", "Title", _own("job_title"), looks_at="contact"),
        _user("department", "Department", _own("department"), looks_at="contact"),
        _user("phone_work", "Office Phone", _phone("work"), type_name="phone", looks_at="contact"),
        _user("phone_mobile", "Mobile", _phone("mobile"), type_name="phone", looks_at="contact"),
        _user(
            "time_zone",
            "Time Zone",
            lambda document, look: str(document.get("time_zone") or "UTC"),
            key_put("time_zone"),
        ),
        _user("date_format", "Date Format", fixed("yyyy-mm-dd")),
        _user("hour_format", "Calendar Hour Format", fixed("24")),
        _user("language", "Language", _language, _put_language),
        _user(
            "currency_id",
            "Currency",
            fixed("21x1"),
            type_name="reference",
            more={"refersTo": ["Currency"]},
        ),
        _user("accesskey", "Access Key", _key),
        _user(
            "createdtime",
            "Created Time",
            lambda document, look: moment_text(document.get("created_at")),
            type_name="datetime",
        ),
        _user(
            "modifiedtime",
            "Modified Time",
            lambda document, look: moment_text(document.get("updated_at")),
            type_name="datetime",
        ),
    ),
)
