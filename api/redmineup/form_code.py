"""Write a web form as HTML, or as a command, that posts to this dialect's address for contacts."""

import shlex
from html import escape

from django.utils.translation import gettext as _

from api.base.dialect import FormPost

# From a field of the catalogue to the name and the kind of its input.
INPUTS: dict[str, tuple[str, str]] = {
    "first_name": ("first_name", "text"),
    "last_name": ("last_name", "text"),
    "middle_name": ("middle_name", "text"),
    "company": ("company", "text"),
    "job_title": ("job_title", "text"),
    "emails": ("email", "email"),
    "phones": ("phone", "tel"),
    "websites": ("website", "url"),
    "messengers": ("skype_name", "text"),
    "birthday": ("birthday", "date"),
    "background": ("background", "textarea"),
    "tags": ("tag_list", "text"),
    "street1": ("address_attributes][street1", "text"),
    "street2": ("address_attributes][street2", "text"),
    "city": ("address_attributes][city", "text"),
    "region": ("address_attributes][region", "text"),
    "postcode": ("address_attributes][postcode", "text"),
}
CUSTOM = "custom_"
# What stands in a command where a label would be refused.
EXAMPLES = {
    "email": "name@example.com",
    "tel": "+44 20 7946 0000",
    "url": "https://example.com",
    "date": "1990-01-31",
}


def form_code(post: FormPost) -> str:
    """Return the form, in the language in use.

    Fields that this dialect has no name for are left out.
    """
    lines = [
        f'<form action="{escape(post.base_url)}/contacts" method="post"'
        ' enctype="multipart/form-data">',
        f'  <input type="hidden" name="key" value="{escape(post.key)}">',
        f'  <input type="hidden" name="project_id" value="{escape(post.project)}">',
    ]
    for key, label, is_required in post.fields:
        lines += _lines(key, escape(label), is_required)
    return "\n".join([*lines, f'  <button name="commit">{escape(_("Send"))}</button>', "</form>"])


def _lines(key: str, label: str, is_required: bool) -> list[str]:
    # In words too: a star means nothing to those who cannot see the rest of the page.
    label, mark = (f"{label} ({_('required')})", " required") if is_required else (label, "")
    number = key.removeprefix(CUSTOM)
    if key.startswith(CUSTOM) and number.isdecimal():
        return [
            f'  <input type="hidden" name="contact[custom_fields][][id]" value="{number}">',
            f'  <label>{label} <input name="contact[custom_fields][][value]"{mark}></label>',
        ]
    if key not in INPUTS:
        return []
    name, kind = INPUTS[key]
    full_name = f"contact[{name}]"
    if kind == "textarea":
        return [f'  <label>{label} <textarea name="{full_name}"{mark}></textarea></label>']
    return [f'  <label>{label} <input type="{kind}" name="{full_name}"{mark}></label>']


def form_command(post: FormPost) -> str:
    """Return a command that sends the form from a shell, each field with its label as the value."""
    named = [("key", post.key), ("project_id", post.project)]
    for key, label, _is_required in post.fields:
        named += _named(key, label)
    lines = [f"curl -i {shlex.quote(f'{post.base_url}/contacts')}"]
    lines += [f"  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in named]
    return " \\\n".join(lines)


def _named(key: str, label: str) -> list[tuple[str, str]]:
    number = key.removeprefix(CUSTOM)
    if key.startswith(CUSTOM) and number.isdecimal():
        inner = "contact[custom_fields][]"
        return [(f"{inner}[id]", number), (f"{inner}[value]", label)]
    if key not in INPUTS:
        return []
    name, kind = INPUTS[key]
    return [(f"contact[{name}]", EXAMPLES.get(kind, label))]
