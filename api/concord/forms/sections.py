"""Read and write the sections of a form's page: texts, fields, files and the button.

The domain keeps one list of what is asked and the settings of the button beside it; here both are
one list, whose last section is the button.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import nh3

from api.concord.forms.attributes import RECORDS, attribute_of, in_form, key_of, sent_as
from api.concord.mapping.bodies import Body
from contacts.services.form_askable import FILES, TEXT, label_of

Wire = dict[str, object]
Values = dict[str, object]

SUFFIX = "-section"
TYPES = ("introduction", "message", "field", "file", "submit")
ACCEPTED = "I have read and accept the privacy policy."
NAMING = ("first_name", "last_name", "emails", "phones")
SHORTEST_TIME = 2
_ADDRESS = re.compile(r"https?://\S+")
_INVALID = "The selected {label} is invalid."
_REQUIRED = "The {label} field is required."


def to_wire(form: Mapping[str, Any]) -> list[Wire]:
    """Return the sections of a form."""
    sections: list[Wire] = []
    if form["intro"]:
        sections.append(_texted(form["title"], form["intro"]))
    sections += [_section(each) for each in form["fields"]]
    address = _ADDRESS.search(form["consent"])
    button: Wire = {
        "type": f"submit{SUFFIX}",
        "text": form["submit_label"] or "Submit",
        "spamProtected": form["min_seconds"] > 0,
        "privacyPolicyAcceptIsRequired": bool(form["consent"]),
        "privacyPolicyUrl": address[0] if address else None,
    }
    return [*sections, button]


def _section(said: Mapping[str, Any]) -> Wire:
    key = str(said["key"])
    if key == TEXT:
        return _texted(said["label"], said["help"])
    resource, attribute = attribute_of(key)
    shared: Wire = {
        "resourceName": resource,
        "label": harmless(said["label"]) or label_of(key),
        "isRequired": bool(said["is_required"]),
        "requestAttribute": said.get("name") or sent_as(key),
    }
    if attribute == FILES:
        return {"type": f"file{SUFFIX}", **shared, "multiple": True}
    return {"type": f"field{SUFFIX}", "attribute": attribute, **shared}


def harmless(text: object) -> str:
    """Return a text without what HTML could do in it; what is no HTML stays as it is."""
    word = str(text or "")
    return nh3.clean(word) if "<" in word else word


def _texted(title: str, message: str) -> Wire:
    title, message = harmless(title), harmless(message)
    if not title:
        return {"type": f"message{SUFFIX}", "message": message}
    return {"type": f"introduction{SUFFIX}", "title": title, "message": message}


def from_wire(body: Body, sections: object) -> Values:
    """Return what sections say of a form; rejects what no form asks for."""
    rows = list(sections.values()) if isinstance(sections, Mapping) else sections
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        body.reject("sections", "The {label} field must be an array.")
        return {}
    values: Values = {"intro": ""}
    fields: list[Values] = []
    for place, row in enumerate(rows):
        word = str(row.get("type") or "").removesuffix(SUFFIX)
        if word not in TYPES:
            body.reject(f"sections.{place}.type", _INVALID, label="type")
        elif word == "submit":
            values |= _button(row)
        elif word in ("field", "file"):
            fields += _asked(body, place, row, is_file=word == "file")
        else:
            texts = {"label": _text(row.get("title"), 255), "help": _text(row.get("message"))}
            fields.append({"key": TEXT, **texts})
    return {**values, "fields": _naming(fields)}


def _naming(fields: Sequence[Values]) -> list[Values]:
    """Return the fields with one to know the visitor by: a form without makes nobody."""
    if any(field["key"] in NAMING for field in fields):
        return list(fields)
    return [*fields, {"key": "emails", "is_required": True}]


def _asked(body: Body, place: int, row: Mapping[str, Any], *, is_file: bool) -> list[Values]:
    resource, attribute = str(row.get("resourceName")), str(row.get("attribute") or "")
    if resource not in RECORDS:
        body.reject(f"sections.{place}.resourceName", _INVALID, label="resource")
        return []
    key = in_form(RECORDS[resource], FILES) if is_file else key_of(resource, attribute)
    if key is None:
        body.reject(f"sections.{place}.attribute", _INVALID, label="attribute")
        return []
    name = _text(row.get("requestAttribute"), 191)
    return [
        {
            "key": key,
            "label": _text(row.get("label"), 255),
            "is_required": row.get("isRequired") in (True, 1, "1", "true"),
            **({"name": name} if name and name != sent_as(key) else {}),
        }
    ]


def _button(row: Mapping[str, Any]) -> Values:
    values: Values = {"submit_label": _text(row.get("text"), 100)}
    if "spamProtected" in row:
        values["min_seconds"] = SHORTEST_TIME if _is_true(row["spamProtected"]) else 0
    if "privacyPolicyAcceptIsRequired" in row:
        address = _text(row.get("privacyPolicyUrl"), 500)
        words = " ".join(part for part in (ACCEPTED, address) if part)
        values["consent"] = words if _is_true(row["privacyPolicyAcceptIsRequired"]) else ""
    return values


def _is_true(value: object) -> bool:
    return str(value).lower() in ("1", "true", "on", "yes")


def _text(value: object, most: int = 10_000) -> str:
    return value[:most] if isinstance(value, str) else ""
