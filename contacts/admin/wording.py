"""Faults of the domain in words that say how to write it right."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from contacts.errors import Fault
from contacts.fields import catalogue


def _too_long(fault: Fault) -> str:
    limit = int(str(fault.params.get("limit", 0)))
    return ngettext("At most %(limit)s character.", "At most %(limit)s characters.", limit) % {
        "limit": limit
    }


def _too_short(fault: Fault) -> str:
    limit = int(str(fault.params.get("limit", 0)))
    return ngettext("At least %(limit)s character.", "At least %(limit)s characters.", limit) % {
        "limit": limit
    }


def _limit(fault: Fault) -> object:
    """Return the limit; a moment as it is written in the zone of the reader."""
    limit = fault.params.get("limit", "")
    if isinstance(limit, datetime):
        return date_format(localtime(limit), "DATETIME_FORMAT")
    return date_format(limit, "DATE_FORMAT") if isinstance(limit, date) else limit


def _too_large(fault: Fault) -> str:
    is_day = isinstance(fault.params.get("limit"), date)
    text = _("Not after %(limit)s.") if is_day else _("At most %(limit)s.")
    return text % {"limit": _limit(fault)}


def _too_small(fault: Fault) -> str:
    is_day = isinstance(fault.params.get("limit"), date)
    text = _("Not before %(limit)s.") if is_day else _("At least %(limit)s.")
    return text % {"limit": _limit(fault)}


WORDS: dict[str, Callable[[Fault], str]] = {
    "blank": lambda fault: _("Fill this in."),
    "invalid": lambda fault: _("This cannot be read. Check the spelling."),
    "too_long": _too_long,
    "too_short": _too_short,
    "too_large": _too_large,
    "too_small": _too_small,
    "not_a_number": lambda fault: _("Write a number such as 42 or 12.50."),
    "not_an_integer": lambda fault: _("Write a whole number such as 42."),
    "not_a_date": lambda fault: _("Write a date such as 2026-11-21."),
    "not_a_datetime": lambda fault: _("Write a date and time such as 2026-11-21 14:30."),
    "not_a_boolean": lambda fault: _("Choose yes or no."),
    "not_in_list": lambda fault: _("Choose one of the list."),
    "unknown": lambda fault: _("This does not exist, or you may not see it."),
    "taken": lambda fault: _("This is already used. Choose another."),
    "not_several": lambda fault: _("Only one value fits here."),
    "pattern": lambda fault: _("This does not have the form that is asked for."),
    "read_only": lambda fault: _("This cannot be changed."),
    "not_allowed": lambda fault: _("You may not set this. Ask an administrator."),
}

# What nobody may set, an administrator neither: the value does not fit the record.
UNFIT = {
    "companies": gettext_lazy("This would lead back to the record itself. Choose another."),
    "employer": gettext_lazy("This would lead back to the record itself. Choose another."),
    "parent": gettext_lazy("This would lead back to the record itself. Choose another."),
    "parents": gettext_lazy("This would lead back to the record itself. Choose another."),
    "reports_to": gettext_lazy("This would lead back to the record itself. Choose another."),
    "member_role": gettext_lazy("Only a level for bundles has roles. Leave this empty."),
    "contact_a": gettext_lazy("This relationship is for contacts of another kind."),
    "contact_b": gettext_lazy("This relationship is for contacts of another kind."),
    "is_default": gettext_lazy("Choose another default first; this one then ends by itself."),
    "is_multiple": gettext_lazy("Some records have several values here. Leave one in each first."),
}
# Why a password is refused.
REASONS = {
    "password_entirely_numeric": gettext_lazy("A password of digits only is easy to guess."),
    "password_too_common": gettext_lazy("Many people use this password. Choose another."),
    "password_too_similar": gettext_lazy("This is too much like the name or the e-mail."),
}


def words_of(fault: Fault) -> str:
    """Return what is wrong with a value, as it stands beside the field."""
    reason = REASONS.get(str(fault.params.get("reason", "")))
    if reason is not None:
        return str(reason)
    if fault.code == "not_allowed" and fault.key in UNFIT:
        return str(UNFIT[fault.key])
    word = WORDS.get(fault.code, WORDS["invalid"])
    return word(fault)


def sentence_of(fault: Fault, kind: str = "contact") -> str:
    """Return the same with the name of the field in front, for a summary."""
    field = catalogue(kind).find(fault.key)
    return f"{field.label if field else fault.key}: {words_of(fault)}"
