"""Read what our own page sends: the values by field key, and who sent them."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from contacts.fields import Field
from contacts.fields.typed_numbers import plain_number
from contacts.intake.campaigns import campaign_in
from contacts.intake.questions import control_of
from contacts.intake.sending import Sender
from contacts.intake.timing import read_rendering
from contacts.models import WebForm
from contacts.services.form_fields import FormField

Files = Mapping[str, object] | MultiValueDict[str, UploadedFile]

# Names of the page's own inputs; no field key has a dash.
RENDERED = "form-rendered"
CONSENT = "form-consent"
WORK = "form-work"
# What stood behind the address of the page: it tells of the advertisement that led to it.
LANDING = "form-landing"
CAME_FROM = "form-came-from"
# The trap has a name that robots like; the owner may choose another.
TRAP = "form-homepage"


def entered_in(sent: QueryDict) -> dict[str, list[str]]:
    """Return everything that was entered, by name."""
    return {name: [str(value) for value in values] for name, values in sent.lists()}


def values_of(
    fields: Iterable[FormField], entered: Mapping[str, Sequence[str]], files: Files
) -> dict[str, object]:
    """Return the values by field key; names that the form does not have go along as they came."""
    by_key = {each.key: each.field for each in fields}
    values: dict[str, object] = {}
    for name, given in entered.items():
        if "-" not in name:
            values[name] = _value(by_key.get(name), given)
    for name in files:
        if name in by_key:
            all_of_it = files.getlist(name) if isinstance(files, MultiValueDict) else [files[name]]
            values[name] = all_of_it if by_key[name].is_multiple else files[name]
    for key, field in by_key.items():
        # Browsers send nothing at all of a box that is not ticked.
        if key not in values and control_of(field) in ("checkbox", "checkboxes"):
            values[key] = [] if control_of(field) == "checkboxes" else ""
    return values


def sender_of(request: HttpRequest, form: WebForm, entered: Mapping[str, Sequence[str]]) -> Sender:
    """Return who sent the page."""
    trap = form.honeypot or TRAP
    landing = "".join(entered.get(LANDING, ()))
    return Sender(
        address=str(request.META.get("REMOTE_ADDR", "")),
        referer=request.headers.get("Referer", ""),
        user_agent=request.headers.get("User-Agent", ""),
        rendered_at=read_rendering(form, "".join(entered.get(RENDERED, ()))),
        honeypot_value="".join(entered.get(trap, ())),
        raw={
            name: given[0] if len(given) == 1 else list(given)
            for name, given in entered.items()
            if name not in (RENDERED, WORK, LANDING, CAME_FROM)
        },
        is_on_page=True,
        has_consented=any(entered.get(CONSENT, ())),
        work=("".join(entered.get(RENDERED, ())), "".join(entered.get(WORK, ()))),
        request_id=request.headers.get("X-Request-Id", ""),
        campaign=campaign_in({}, f"?{landing}"),
        landing_page=f"{request.build_absolute_uri(request.path)}?{landing}" if landing else "",
        came_from="".join(entered.get(CAME_FROM, ())),
    )


def _value(field: Field | None, given: Sequence[str]) -> object:
    if field is None:
        return given[0] if len(given) == 1 else list(given)
    if field.is_multiple and field.is_custom:
        return [_chosen(field, text) for text in given if text]
    text = given[0] if given else ""
    if field.key == "tags":
        return [name for name in map(str.strip, text.split(",")) if name]
    if control_of(field) == "textarea":
        # Browsers end lines otherwise than the text that people see.
        return text.replace("\r\n", "\n")
    if field.type.name in ("decimal", "integer"):
        return plain_number(text)
    return _chosen(field, text)


def _chosen(field: Field, text: str) -> object:
    """Return the stored value of a choice: a label may look like the id of another."""
    if field.key == "country" or not field.choices:
        return text
    choice = next((each for each in field.choices if str(each.value) == text), None)
    return choice.value if choice is not None else text
