"""Code to paste into a site so that a web form can be reached from there."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from contacts.admin.doors import doors
from contacts.models import WebForm
from contacts.services.form_askable import find_field, label_of

OWN_PAGE = _("Plain HTML that sends straight to this server. Style it as you like.")
UNASKED = _(
    "Plain HTML that sends straight to this server. Style it as you like. It does not ask for the"
    " consent; our page, the frame and the script do."
)
COMMAND = _("Sends the form from a shell, as a program of your own would.")


@dataclass(frozen=True, slots=True)
class Snippet:
    """Something to paste, and when it suits."""

    title: str | Promise
    hint: str | Promise
    code: str


def snippets_of(form: WebForm, address: str, key: str | None) -> list[Snippet]:
    """Return the ways to put a form on a site, and to send it from a program.

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
    return found if key is None else [*_with_key(form, key), *found]


def _with_key(form: WebForm, key: str) -> list[Snippet]:
    """Return the code that sends to the doors that take forms, as a page and as a command."""
    # What visitors read is in the language of the form.
    with override(form.language or get_language()):
        identifier, fields = form.project.identifier, _visible_fields(form)
        codes = [
            (door, door.form_code and door.form_code(settings.BASE_URL, key, identifier, fields))
            for door in doors()
        ]
    found = []
    for door, code in codes:
        if code is not None:
            hint = UNASKED if form.consent else OWN_PAGE
            found.append(Snippet(_("Form on your own page"), hint, code))
        if door.form_command is not None:
            command = door.form_command(settings.BASE_URL, key, identifier, fields)
            found.append(Snippet("curl", COMMAND, command))
    return found


def _visible_fields(form: WebForm) -> list[tuple[str, str, bool]]:
    return [
        (
            said["key"],
            str(said.get("label") or label_of(said["key"])),
            bool(said.get("is_required")),
        )
        for said in form.fields
        if not said.get("is_hidden") and find_field(str(said.get("key", ""))) is not None
    ]
