"""Code to paste into a site so that a web form can be reached from there."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from contacts.admin.doors import doors
from contacts.fields import catalogue
from contacts.models import WebForm


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to paste, and when it suits."""

    title: str | Promise
    hint: str | Promise
    code: str


def snippets_of(form: WebForm, address: str, key: str | None) -> list[Snippet]:
    """Return the ways to put a form on a site, the simplest first.

    Without its key a form can still be linked to and framed.
    """
    title, place = escape(form.title), escape(address)
    found = [
        Snippet(
            _("Link"),
            _("Leads to our page. Works everywhere, in mails too."),
            f'<a href="{place}">{title}</a>',
        ),
        Snippet(
            _("Frame"),
            _("Shows the form within your page. Name your site among those that may show it."),
            f'<iframe src="{place}" title="{title}" width="100%" height="720" loading="lazy">'
            "</iframe>",
        ),
        Snippet(
            _("Script"),
            _("Puts the frame where it stands and makes it as tall as the form."),
            f'<script src="{escape(settings.BASE_URL)}/static/forms/embed.js" data-form="{place}"'
            f' data-title="{title}" async></script>',
        ),
    ]
    if key is not None:
        found += [_own_page(code) for code in _codes(form, key)]
    return found


def _own_page(code: str) -> Snippet:
    return Snippet(
        _("Form on your own page"),
        _("Plain HTML that sends straight to this server. Style it as you like."),
        code,
    )


def _codes(form: WebForm, key: str) -> list[str]:
    identifier, fields = form.project.identifier, _visible_fields(form)
    return [
        door.form_code(settings.BASE_URL, key, identifier, fields)
        for door in doors()
        if door.form_code is not None
    ]


def _visible_fields(form: WebForm) -> list[tuple[str, str]]:
    known = catalogue("contact")
    shown = []
    for said in form.fields:
        field = known.find(str(said.get("key", "")))
        if field is not None and not said.get("is_hidden"):
            shown.append((field.key, str(said.get("label") or field.label)))
    return shown
