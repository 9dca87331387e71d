"""Check what is said about a web form, and report all faults together."""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import reference
from contacts.fields.text import normalise
from contacts.fields.types import ValueFaultError
from contacts.models import Stage, WebForm
from contacts.services.form_askable import TEXT, find_askable
from contacts.services.form_fields import NAMING

WIDTHS = ("full", "half")
LIST_AT_MOST = 200
FIELDS_AT_MOST = 100
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?|\[[0-9a-f:]+\](:[0-9]{1,5})?")
COLOR = re.compile(r"#[0-9a-f]{6}")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")

Values = Mapping[str, object]


def clean_settings(actor: Actor, values: Values) -> dict[str, object]:
    """Return what is stored of a form; raises InvalidError with every fault.

    `project` is looked at by the service; the default of a hidden field must be given.
    """
    faults: list[Fault] = []
    cleaned: dict[str, object] = {}
    for key, value in values.items():
        cleaner = CLEANERS.get(key)
        if cleaner is None:
            faults.append(Fault(key, "unknown"))
            continue
        try:
            cleaned[key] = cleaner(value)
        except ValueFaultError as fault:
            faults.append(Fault(key, fault.code, fault.params))
    if "fields" in cleaned:
        faults += _field_faults(actor, cleaned)
    if faults:
        raise InvalidError(faults)
    return cleaned


def _field_faults(actor: Actor, cleaned: Mapping[str, object]) -> list[Fault]:
    fields: list[dict[str, object]] = cleaned["fields"]  # type: ignore[assignment]  # cleaned below
    keys = [str(field["key"]) for field in fields]
    twice = dict.fromkeys(key for key in keys if keys.count(key) > 1 and key != TEXT)
    faults = [Fault("fields", "taken", {"value": key}) for key in twice]
    for field in fields:
        if find_askable(actor, str(field["key"])) is None:
            faults.append(Fault("fields", "unknown", {"value": field["key"]}))
        if field["is_hidden"] and not field["default"]:
            faults.append(Fault("fields", "blank", {"value": field["key"]}))
    if not any(key in NAMING for key in keys):
        faults.append(Fault("fields", "blank", {"choices": list(NAMING)}))
    if cleaned.get("honeypot") in keys:
        faults.append(Fault("honeypot", "taken", {"value": cleaned["honeypot"]}))
    return faults


def _text(limit: int, *, is_required: bool = False) -> Callable[[object], str]:
    def clean(value: object) -> str:
        if value is not None and not isinstance(value, str):
            raise ValueFaultError("invalid", value=value)
        text = normalise(value or "").strip()
        if is_required and not text:
            raise ValueFaultError("blank")
        if len(text) > limit:
            raise ValueFaultError("too_long", limit=limit)
        return text

    return clean


def _number(most: int) -> Callable[[object], int]:
    def clean(value: object) -> int:
        try:
            number = int(str(value or 0))
        except ValueError:
            raise ValueFaultError("not_an_integer", value=value) from None
        if number < 0:
            raise ValueFaultError("too_small", limit=0)
        if number > most:
            raise ValueFaultError("too_large", limit=most)
        return number

    return clean


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueFaultError("not_a_boolean", value=value)
    return value


def _list_of(clean_one: Callable[[str], str]) -> Callable[[object], list[str]]:
    def clean(value: object) -> list[str]:
        if value in (None, ""):
            return []
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise ValueFaultError("invalid", value=value)
        if len(value) > LIST_AT_MOST:
            raise ValueFaultError("too_long", limit=LIST_AT_MOST)
        texts = (normalise(str(item)).strip() for item in value)
        return list(dict.fromkeys(clean_one(text) for text in texts if text))

    return clean


def _word(text: str) -> str:
    if len(text) > 255:
        raise ValueFaultError("too_long", limit=255)
    return text


def _mail_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueFaultError("invalid", value=text) from None
    return text


def _host(text: str) -> str:
    if not HOST.fullmatch(text.lower()):
        raise ValueFaultError("invalid", value=text)
    return text.lower()


def _site(text: str) -> str:
    """Return "scheme://host[:port]"; it goes into a header, so nothing else is let through."""
    parts = urlsplit(text.lower().rstrip("/"))
    if parts.scheme not in ("http", "https") or parts.path or parts.query or parts.fragment:
        raise ValueFaultError("invalid", value=text)
    return f"{parts.scheme}://{_host(parts.netloc)}"


def _address(value: object) -> str:
    text = _text(500)(value)
    if not text:
        return ""
    parts = urlsplit(text)
    has_blanks = any(char.isspace() or not char.isprintable() for char in text)
    if has_blanks or "\\" in text or parts.scheme not in ("http", "https"):
        raise ValueFaultError("invalid", value=text)
    _host(parts.netloc)
    return text


def _language(value: object) -> str:
    return _one_of(["", *dict(settings.LANGUAGES)])(value or "")


def _one_of(names: Sequence[str]) -> Callable[[object], str]:
    def clean(value: object) -> str:
        if value not in names:
            raise ValueFaultError("not_in_list", value=value, choices=list(names))
        return str(value)

    return clean


def _honeypot(value: object) -> str:
    name = _text(50)(value)
    if name and not NAME.fullmatch(name):
        raise ValueFaultError("invalid", value=name)
    return name


def _owner(value: object) -> int | None:
    if value in (None, ""):
        return None
    user = reference.users().by_id.get(value) if isinstance(value, int) else None
    if user is None or not user.is_active:
        raise ValueFaultError("unknown", value=value)
    return user.id


def _stage(value: object) -> int | None:
    if value in (None, ""):
        return None
    if not isinstance(value, int) or not Stage.objects.filter(pk=value).exists():
        raise ValueFaultError("unknown", value=value)
    return value


def _color(value: object) -> str:
    """Return "#rrggbb"; it goes into a style sheet, so nothing else is let through."""
    text = _text(7)(value).lower()
    if text and not COLOR.fullmatch(text):
        raise ValueFaultError("invalid", value=value)
    return text


def _fields(value: object) -> list[dict[str, object]]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ValueFaultError("invalid", value=value)
    if len(value) > FIELDS_AT_MOST:
        raise ValueFaultError("too_long", limit=FIELDS_AT_MOST)
    return [_field(item) for item in value]


def _field(item: object) -> dict[str, object]:
    """Return one field of a form as it is stored; a text is a key with nothing else said."""
    said = {"key": item} if isinstance(item, str) else item
    if not isinstance(said, Mapping) or set(said) - set(FIELD_CLEANERS) or "key" not in said:
        raise ValueFaultError("invalid", value=item)
    missing: dict[str, object] = {"is_required": False, "is_hidden": False, "width": "full"}
    cleaned = {
        name: clean(said.get(name, missing.get(name, ""))) for name, clean in FIELD_CLEANERS.items()
    }
    if not cleaned["name"]:
        del cleaned["name"]
    return cleaned


FIELD_CLEANERS: dict[str, Callable[[object], object]] = {
    "key": _text(80, is_required=True),
    "name": _text(191),
    "label": _text(255),
    "help": _text(10_000),
    "is_required": _truth,
    "default": _text(500),
    "is_hidden": _truth,
    "width": _one_of(WIDTHS),
}

CLEANERS: dict[str, Callable[[object], object]] = {
    "title": _text(255, is_required=True),
    "intro": _text(10_000),
    "fields": _fields,
    "submit_label": _text(100),
    "consent": _text(10_000),
    "thanks_title": _text(255),
    "thanks": _text(10_000),
    "accent_color": _color,
    "background_color": _color,
    "logo": _one_of(list(WebForm.Logo.values)),
    "repeats_values": _truth,
    "redirect_to": _address,
    "is_thanked_first": _truth,
    "redirect_hosts": _list_of(_host),
    "allowed_sites": _list_of(_site),
    "language": _language,
    "tags": _list_of(_word),
    "owner": _owner,
    "notify": _list_of(_mail_address),
    "on_duplicate": _one_of(list(WebForm.OnDuplicate.values)),
    "deal_stage": _stage,
    "deal_prefix": _text(191),
    "honeypot": _honeypot,
    "min_seconds": _number(3_600),
    "per_hour": _number(100_000),
    "max_length": _number(1_000_000),
    "blocked_words": _list_of(_word),
    "asks_for_work": _truth,
    "allows_files": _truth,
    "is_active": _truth,
}
