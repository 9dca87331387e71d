"""Say to a visitor what is wrong, and how to write it right."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.errors import Fault
from contacts.services.form_askable import label_of


def _too_long(fault: Fault) -> str:
    limit = int(str(fault.params.get("limit") or 0))
    return ngettext(
        "Write at most %(limit)s character.", "Write at most %(limit)s characters.", limit
    ) % {"limit": limit}


def _too_short(fault: Fault) -> str:
    limit = int(str(fault.params.get("limit") or 0))
    return ngettext(
        "Write at least %(limit)s character.", "Write at least %(limit)s characters.", limit
    ) % {"limit": limit}


def _invalid(fault: Fault) -> str:
    if fault.key == "emails":
        return _("Write an e-mail address such as name@example.com.")
    if fault.key == "avatar":
        return _("Choose a picture: PNG, JPEG, GIF or WebP.")
    return _("This cannot be read. Check the spelling.")


def _too_large(fault: Fault) -> str:
    if fault.key == "avatar":
        return _("This file is too large. Choose a smaller one.")
    return _("At most %(limit)s.") % {"limit": fault.params.get("limit", "")}


WORDS: dict[str, Callable[[Fault], str]] = {
    "blank": lambda fault: _("Fill this in."),
    "invalid": _invalid,
    "too_long": _too_long,
    "too_short": _too_short,
    "too_large": _too_large,
    "too_small": lambda fault: _("At least %(limit)s.") % {"limit": fault.params.get("limit", "")},
    "not_a_number": lambda fault: _("Write a number such as 1250.50."),
    "not_an_integer": lambda fault: _("Write a whole number such as 42."),
    "not_a_date": lambda fault: _("Write a date such as 2026-11-21."),
    "not_a_datetime": lambda fault: _("Write a date and time such as 2026-11-21 14:30."),
    "not_a_boolean": lambda fault: _("Choose yes or no."),
    "not_in_list": lambda fault: _("Choose one of the list."),
    "pattern": lambda fault: _("This does not have the form that is asked for."),
    "expired": lambda fault: _(
        "This page was opened more than a day ago. Check what you wrote and send it again."
    ),
}

__all__ = ["label_of", "refusal_words", "words_of"]

PAGE_KEYS = {
    "consent": lambda: _("Confirm that you agree before you send."),
}


def words_of(fault: Fault) -> str:
    """Return what is wrong, as it stands beside the field."""
    if fault.key in PAGE_KEYS:
        return PAGE_KEYS[fault.key]()
    return WORDS.get(fault.code, _invalid)(fault)


def refusal_words(status: int) -> str:
    """Return why a request was refused as a whole, by its HTTP status."""
    return {
        401: _("The form that you filled in has no valid key. Tell the owner of the site."),
        403: _("This form may not be sent any more. Tell the owner of the site."),
        404: _("This form no longer leads anywhere. Tell the owner of the site."),
        413: _("This is more than the form takes. Send less text or a smaller file."),
        429: _("This form was sent very often from your network. Wait a while and send it again."),
    }.get(status, _("The form could not be sent. Try again later."))
