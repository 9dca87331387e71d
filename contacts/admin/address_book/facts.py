"""The fields of a contact in titled groups, as its page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import Actor, find_readable, readable_custom_fields
from contacts.admin.address_book.rows import contact_url
from contacts.admin.address_book.words import (
    address_lines,
    channel_text,
    kind_of_channel,
    marks_of_channel,
    words_for,
)
from contacts.admin.doors import title_of_door
from contacts.fields import Field, reference
from contacts.fields.text import spaced_number

Document = Mapping[str, Any]
Names = Mapping[int, str]

# What a page tells of a contact, group by group; keys of documents.
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Name"),
        ("prefix", "formal_title", "nickname", "suffix", "legal_name"),
    ),
    (
        gettext_lazy("Work"),
        ("job_title", "department", "company", "reports_to_id"),
    ),
    (
        gettext_lazy("Organization"),
        ("domain", "industry_id", "parent_id", "employee_count", "annual_revenue"),
    ),
    (
        gettext_lazy("Personal"),
        ("birthday", "gender_id", "is_deceased", "deceased_on", "preferred_language"),
    ),
    (
        gettext_lazy("Wishes"),
        (
            "preferred_channels",
            "do_not_phone",
            "do_not_email",
            "do_not_mail",
            "do_not_sms",
            "do_not_trade",
            "is_opt_out",
            "no_event_news",
            "no_newsletters",
        ),
    ),
    (
        gettext_lazy("Membership"),
        (
            "membership_level_id",
            "membership_status",
            "is_membership_enabled",
            "member_since",
            "renewal_due",
            "member_role",
            "hides_profile",
        ),
    ),
    (gettext_lazy("Money"), ("balance", "total_donated")),
    (
        gettext_lazy("Where it comes from"),
        ("lead_source_id", "source", "entry_channel", "external_identifier", "author_id"),
    ),
)
LINKED = frozenset({"reports_to_id", "parent_id"})
# Zero is what everybody has who never had anything to do with money.
UNTOLD_ZERO = frozenset({"balance", "total_donated"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One field with its value; `url` makes it a link, `links` several.

    `key` is the field's in the form.
    """

    key: str
    label: str
    text: str
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A titled set of facts."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a contact; `key` is that of its list in the form.

    `stored` is what is copied: as it was given, without the grouping of the text.
    """

    key: str
    icon: str
    text: str
    url: str
    kind: str
    marks: tuple[str, ...]
    lines: tuple[str, ...] = ()
    stored: str = ""


def groups_of(actor: Actor, document: Document, names: Names) -> list[Group]:
    """Return the groups that have anything to tell, the custom fields last."""
    groups = [
        Group(str(title), tuple(_facts(actor, document, keys, names))) for title, keys in GROUPS
    ]
    return [group for group in (*groups, *custom_groups(actor, document, names)) if group.facts]


def _facts(actor: Actor, document: Document, keys: Iterable[str], names: Names) -> list[Fact]:
    facts = []
    for key in keys:
        value = document.get(key)
        field = find_readable(actor, "contact", key) or find_readable(
            actor, "contact", key.removesuffix("_id")
        )
        if field is None or value is None or (key in UNTOLD_ZERO and not float(value)):
            continue
        facts.append(_fact(key, str(field.label), value, document, names))
    return [fact for fact in facts if fact.text or fact.links]


def _fact(
    key: str,
    label: str,
    value: Any,  # noqa: ANN401  # any value of a document
    document: Document,
    names: Names,
) -> Fact:
    name = key.removesuffix("_id")
    if key == "entry_channel":
        return Fact(name, label, title_of_door(value))
    if key == "company":
        return Fact(name, label, value, links=companies_of(document, names))
    if key in LINKED:
        other = names.get(value)
        text = other or _("somebody you may not see")
        return Fact(name, label, text, contact_url(value) if other else "")
    return Fact(name, label, words_for(key, value))


def companies_of(document: Document, names: Names) -> tuple[tuple[str, str], ...]:
    """Return the companies that a person belongs to, the employer first, as names and addresses."""
    ids = dict.fromkeys([document.get("employer_id"), *document.get("companies", ())])
    return tuple((names[pk], contact_url(pk)) for pk in ids if pk in names)


def custom_groups(actor: Actor, document: Document, names: Names) -> list[Group]:
    """Return the custom fields by their groups."""
    values = document.get("custom", {})
    grouped: dict[str, list[Fact]] = {}
    for field in readable_custom_fields(actor):
        value = values.get(str(field.custom_id))
        if value is None:
            continue
        fact = Fact(field.key, str(field.label), words_for(field.key, value))
        fact = _linked(field.type.name, value, fact, names)
        title = field.group or _projects_of(field) or _("More fields")
        grouped.setdefault(title, []).append(fact)
    return [Group(title, tuple(facts)) for title, facts in grouped.items()]


def _projects_of(field: Field) -> str:
    """Return the names of the projects that alone have a field; "" for a field of all."""
    projects = reference.projects()
    return ", ".join(sorted(filter(None, map(projects.name_of, field.project_ids))))


def _linked(type_name: str, value: object, fact: Fact, names: Names) -> Fact:
    if type_name in ("contact", "company") and isinstance(value, int) and value in names:
        return replace(fact, text=names[value], url=contact_url(value))
    if type_name == "link" and isinstance(value, str):
        return replace(fact, url=web_address(value))
    return fact


def linked_ids(actor: Actor, document: Document) -> set[int]:
    """Return the contacts that a page names."""
    ids = {document.get(key) for key in ("employer_id", "reports_to_id", "parent_id")}
    ids |= set(document.get("companies", ()))
    values = document.get("custom", {})
    for field in readable_custom_fields(actor):
        if field.type.name in ("contact", "company"):
            value = values.get(str(field.custom_id))
            ids |= set(value) if isinstance(value, list) else {value}
    return {pk for pk in ids if isinstance(pk, int)}


def channels_of(document: Document) -> list[Channel]:
    """Return the ways to reach a contact, in the order in which people look for them."""
    return [
        Channel(
            key,
            icon,
            channel_text(key, _readable(key, item)),
            url(item),
            kind_of_channel(item),
            tuple(marks_of_channel(item, document[key])),
            tuple(address_lines(item)) if key == "addresses" else (),
            channel_text(key, item),
        )
        for key, icon, url in CHANNELS
        for item in document.get(key, ())
    ]


def _readable(key: str, item: Mapping[str, Any]) -> Mapping[str, Any]:
    if key != "phones":
        return item
    return {**item, "number": spaced_number(str(item.get("number", "")))}


def web_address(text: str) -> str:
    """Return the address that a link goes to, or "" for what is no web address."""
    if text.lower().startswith(("http://", "https://")):
        return text
    # "javascript:" and its like must never become a link.
    return "" if ":" in text.split("/")[0] or not text.strip() else f"https://{text}"


def _digits(item: Mapping[str, Any]) -> str:
    number = "".join(sign for sign in str(item.get("number", "")) if sign.isdigit() or sign == "+")
    return f"tel:{number}" if number else ""


CHANNELS: Sequence[tuple[str, str, Any]] = (
    ("emails", "mail", lambda item: f"mailto:{item.get('address', '')}"),
    ("phones", "phone", _digits),
    ("messengers", "chat", lambda item: ""),
    ("websites", "link", lambda item: web_address(str(item.get("url", "")))),
    ("addresses", "place", lambda item: ""),
)
