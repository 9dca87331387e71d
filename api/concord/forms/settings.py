"""Read and write the settings of a public form."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings

from api.concord.forms import sections
from api.concord.mapping import choices
from api.concord.mapping.bodies import ARRAY, Body
from api.concord.resources.deals import id_among, stage_among
from contacts.access import Actor
from contacts.query.pipelines import pipelines_by_id, stages_by_id

Wire = dict[str, object]
Document = Mapping[str, Any]
Values = dict[str, object]

LOGOS = ("dark", "light")
# What the original says where nothing else is set, and what the page of a form does.
SUCCESS, THANKS = "Form submitted.", "Thank you"
STATUSES = ("active", "inactive")
_INVALID = "The selected {label} is invalid."
_SHORT_COLOR = re.compile(r"#([0-9a-fA-F]{3})")
_COLOR_KEYS = {"primary_color": "accent_color", "background_color": "background_color"}
_LABELS = {
    "title": "Title",
    "notifications": "notifications",
    "styles.primary_color": "primary color",
    "styles.background_color": "background color",
    "submit_data.stage_id": "Stage",
    "submit_data.pipeline_id": "Pipeline",
    "submit_data.success_redirect_url": "redirect URL",
    "submit_data.success_title": "success title",
}


def to_wire(actor: Actor, form: Document) -> Wire:
    """Return a form."""
    stage = stages_by_id(actor).get(form["deal_stage_id"] or 0)
    return {
        "id": form["id"],
        "uuid": form["public_id"],
        "title": form["title"],
        "title_prefix": form["deal_prefix"] or None,
        "status": STATUSES[0] if form["is_active"] else STATUSES[1],
        "locale": form["language"] or "en",
        "user_id": form["owner_id"],
        "user": choices.user(form["owner_id"]),
        "notifications": form["notify"],
        "styles": {
            "primary_color": form["accent_color"] or "#4f46e5",
            "background_color": form["background_color"] or "#F3F4F6",
            "logo": form["logo"] or None,
        },
        "submit_data": {
            "action": "redirect" if form["redirect_to"] else "message",
            "success_title": sections.harmless(form["thanks_title"]) or THANKS,
            "success_message": sections.harmless(form["thanks"]) or None,
            "success_redirect_url": form["redirect_to"] or None,
            "pipeline_id": stage["pipeline_id"] if stage else None,
            "stage_id": form["deal_stage_id"],
        },
        "sections": sections.to_wire(form),
        "public_url": f"{settings.BASE_URL}/forms/f/{form['public_id']}",
        "total_submissions": form["submission_count"],
        "created_at": form["created_at"],
        "updated_at": form["updated_at"],
    }


def from_wire(actor: Actor, sent: Mapping[str, Any], *, creating: bool) -> Values:
    """Return the values of a form; raises RejectedError with everything that is wrong."""
    body = Body(sent, creating=creating, labels=_LABELS)
    body.require("title")
    values = _plain(actor, body)
    values |= _styles(body)
    values |= _after_sending(actor, body)
    if sent.get("sections") is not None:
        values |= sections.from_wire(body, sent["sections"])
    elif creating:
        values |= sections.from_wire(body, [])
    if creating:
        # A form of this protocol completes whom it knows; docs/dialects/concord.md, "Web forms".
        values |= {"on_duplicate": "merge"}
        values.setdefault("owner", actor.user_id)
        values.setdefault("thanks_title", SUCCESS)
    body.finish()
    return values


def _plain(actor: Actor, body: Body) -> Values:
    sent, values = body.sent, Values()
    if sent.get("title") is not None:
        values["title"] = body.text("title")
    if "title_prefix" in sent:
        values["deal_prefix"] = body.text("title_prefix") or ""
    if sent.get("status") is not None:
        values["is_active"] = _among(body, "status", STATUSES) == STATUSES[0]
    if sent.get("locale") is not None:
        values["language"] = _among(body, "locale", dict(settings.LANGUAGES))
    if sent.get("user_id") is not None:
        values["owner"] = choices.owner_in(actor, body)
    if "notifications" in sent:
        values["notify"] = _addresses(body, sent["notifications"])
    return values


def _among(body: Body, key: str, words: Collection[str]) -> object:
    if body.sent[key] not in words:
        body.reject(key, _INVALID)
    return body.sent[key]


def _addresses(body: Body, value: object) -> list[str]:
    rows = list(value.values()) if isinstance(value, Mapping) else value or []
    if not isinstance(rows, list):
        body.reject("notifications", ARRAY)
        return []
    inner = Body({f"notifications.{place}": row for place, row in enumerate(rows)}, creating=True)
    found = [inner.email(name) for name in inner.sent]
    for name in inner.messages:
        body.reject(name, "The {label} field must be a valid email address.", label=name)
    return [each for each in found if each]


def _styles(body: Body) -> Values:
    inner = _inner(body, "styles")
    values: Values = {}
    for name, key in _COLOR_KEYS.items():
        if f"styles.{name}" in inner.sent:
            values[key] = _color(inner, f"styles.{name}")
    if "styles.logo" in inner.sent:
        values["logo"] = inner.sent["styles.logo"] or ""
        if values["logo"] not in ("", *LOGOS):
            inner.reject("styles.logo", _INVALID, label="logo")
    body.messages |= inner.messages
    return values


def _color(inner: Body, name: str) -> str:
    """Return a colour, also of one that is written with a letter for each part."""
    short = _SHORT_COLOR.fullmatch(str(inner.sent[name]))
    return f"#{''.join(char * 2 for char in short[1])}" if short else inner.color(name) or ""


def _after_sending(actor: Actor, body: Body) -> Values:
    inner = _inner(body, "submit_data")
    values: Values = {}
    if "submit_data.success_title" in inner.sent:
        values["thanks_title"] = inner.text("submit_data.success_title") or ""
    if "submit_data.success_message" in inner.sent:
        values["thanks"] = inner.text("submit_data.success_message", most=10_000) or ""
    values |= _redirect(inner)
    values |= _place(actor, inner, creating=body.creating)
    body.messages |= inner.messages
    return values


def _redirect(inner: Body) -> Values:
    action = inner.sent.get("submit_data.action")
    name = "submit_data.success_redirect_url"
    if action not in (None, "message", "redirect"):
        inner.reject("submit_data.action", _INVALID, label="action")
    address = inner.text(name, most=500)
    if address is not None and not address.startswith(("http://", "https://")):
        inner.reject(name, "The {label} field must be a valid URL.")
    title = "submit_data.success_title"
    if action == "message" and title in inner.sent and inner.sent[title] is None:
        inner.reject(title, "The {label} field is required.")
    if action == "redirect" and address is None:
        inner.reject(name, "The {label} field is required.")
    if action is None:
        return {"redirect_to": address or ""} if name in inner.sent else {}
    return {"redirect_to": (address or "") if action == "redirect" else ""}


def _place(actor: Actor, inner: Body, *, creating: bool) -> Values:
    """Return the stage of the deals: the one that is named, else the first of the pipeline."""
    stages, pipelines = stages_by_id(actor), pipelines_by_id(actor)
    names = ("submit_data.pipeline_id", "submit_data.stage_id")
    pipeline = inner.chosen(names[0], lambda each: id_among(each, pipelines))
    stage = inner.chosen(names[1], lambda each: stage_among(each, stages, pipeline))
    if stage is None and (pipeline is not None or creating):
        usual = next((pk for pk, row in pipelines.items() if row["is_default"]), None)
        wanted = pipeline or usual or next(iter(pipelines), None)
        stage = next((pk for pk, row in stages.items() if row["pipeline_id"] == wanted), None)
    return {} if stage is None else {"deal_stage": stage}


def _inner(body: Body, name: str) -> Body:
    """Return what is said within a key, under names with a dot."""
    value = body.sent.get(name)
    # An empty array is what PHP makes of an empty object.
    if value not in (None, []) and not isinstance(value, Mapping):
        body.reject(name, ARRAY)
    said = value if isinstance(value, Mapping) else {}
    dotted = {f"{name}.{key}": each for key, each in said.items()}
    return Body(dotted, creating=body.creating, labels=_LABELS)
