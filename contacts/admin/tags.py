"""What templates need besides Django's own tags: icons, times, doors, colours."""

from collections.abc import Mapping
from datetime import date, datetime

import nh3
from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from contacts.admin.doors import title_of_door
from contacts.admin.messages import undo_address_of, undo_of
from contacts.admin.numbers import written_decimal
from contacts.fields import reference
from contacts.fields.text import spaced_number
from contacts.fields.types import read_moment

register = template.Library()

# Beyond a month "5 weeks ago" says less than the date.
RELATIVE_DAYS = 30


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of our sprite; it says nothing to a screen reader."""
    address = f"{static('crm/icons.svg')}#{name}"
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        address,
    )


@register.filter
def moment(value: datetime | str | None) -> SafeString | str:
    """Return a time in few words; the exact time and its zone are its title."""
    if not value:
        return ""
    at = read_moment(value) if isinstance(value, str) else value
    local = timezone.localtime(at)
    exact = f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname() or ''}".strip()
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, _in_few_words(local)
    )


def _in_few_words(local: datetime) -> str:
    age = timezone.now() - local
    if age.days < 0 or age.days >= RELATIVE_DAYS:
        return str(date_format(local, "DATE_FORMAT"))
    if age.total_seconds() < 60:
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(local, depth=1)}


@register.filter
def door(name: str) -> str:
    """Return the title of a way in."""
    return title_of_door(name)


@register.simple_tag
def dot(color: str) -> SafeString | str:
    """Return a dot of a stored colour (as a drawing: the policy forbids style attributes)."""
    if not color:
        return ""
    return format_html(
        '<svg class="dot" viewBox="0 0 8 8" aria-hidden="true">'
        '<circle cx="4" cy="4" r="4" fill="{}"/></svg>',
        color,
    )


@register.filter
def undo(message: Message) -> str:
    """Return the id of the request that a message offers to undo, or ""."""
    return undo_of(message)


@register.filter
def undo_address(message: Message) -> str:
    """Return where the Undo of a message is sent, or ""."""
    return undo_address_of(message)


@register.filter
def initials(name: str) -> str:
    """Return up to two first letters of a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def user_name(user_id: int | None) -> str:
    """Return the name of a user."""
    return reference.users().name_of(user_id)


@register.filter
def grouped_phone(number: str) -> str:
    """Return a phone number in groups of digits, as people read it."""
    return spaced_number(number)


@register.filter
def money(amount: object) -> str:
    """Return an amount as people write it, without decimals that say nothing."""
    return written_decimal(amount)


@register.filter
def day(value: str) -> SafeString | str:
    """Return a day of a document as people write it."""
    on = parse_date(str(value)[:10]) if value else None
    if on is None:
        return value or ""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), date_format(on))


@register.filter
def day_of_year(on: date) -> str:
    """Return a day without its year; the month in the case that stands beside a number."""
    return date_format(on, get_format("MONTH_DAY_FORMAT").replace("F", "E"))


@register.filter
def note_text(note: Mapping[str, object]) -> SafeString | str:
    """Return the content of a note; HTML of integrations without anything active."""
    content = str(note.get("content", ""))
    if note.get("format") != "html":
        return content
    # nh3 leaves neither scripts nor styles nor addresses other than http, https and mailto.
    return mark_safe(nh3.clean(content, url_schemes={"http", "https", "mailto"}))  # noqa: S308 - cleaned
