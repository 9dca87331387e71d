"""Fields of the contact's form that hold lists: tags, and rows of channels."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.admin import inputs
from contacts.admin.forms import DomainForm
from contacts.admin.rows import MakeFields, Rows
from contacts.fields import reference
from contacts.fields.text import fold

Item = Mapping[str, Any]

# What stands open at first; the rest waits behind its title until it is filled in.
OPEN = frozenset({"emails", "phones"})


class TagsField(forms.CharField):
    """Tags in one line, separated by commas."""

    def prepare_value(self, value: object) -> object:
        """Return the line for names of tags."""
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether other tags are named, in whatever spacing."""
        return self.clean(self.prepare_value(initial)) != self.clean(data)

    def clean(self, value: object) -> list[str]:
        """Return the names, each once."""
        names = (part.strip() for part in str(value or "").split(","))
        return list(dict.fromkeys(name for name in names if name))


class ChannelRows(Rows):
    """Rows of one kind of channel; a row counts when any of its texts is filled in."""

    texts: Sequence[str] = ()
    starts_open = False

    @property
    def is_open(self) -> bool:
        """Tell whether the rows stand open: the usual ones, and those with anything in them."""
        return self.starts_open or len(self.forms) != 1 or bool(self.filled())

    def filled(self) -> list[DomainForm]:
        """Return the rows that say anything."""
        return [form for form in self.forms if any(_text(form, name) for name in self.texts)]

    def add(self, items: Iterable[Item]) -> None:
        """Put rows after those that are filled in, unless one says the same in its first text."""
        typed = [self._typed(form) for form in self.filled()]
        known = {fold(str(row[self.main] or "")) for row in typed}
        new = [item for item in items if fold(str(item.get(self.main, ""))) not in known]
        if new:
            self.show([*typed, *new])

    def has_changed(self, items: Iterable[Item]) -> bool:
        """Tell whether the rows say something else than what is stored."""
        return [_said(item) for item in self.values()] != [
            _said({key: item.get(key) for key in self._names()}) for item in items
        ]

    def _names(self) -> Iterable[str]:
        return self._make().keys()


def _text(form: DomainForm, name: str) -> str:
    return str(form[name].value() or "").strip()


def _said(item: Item) -> dict[str, str]:
    return {
        key: str(value).strip() for key, value in item.items() if value not in (None, "", False)
    }


def channel_rows() -> list[ChannelRows]:
    """Return the rows of all kinds of channels."""
    return [
        _rows("emails", _("E-mail addresses"), _emails, ["address"], _("Add another e-mail")),
        _rows("phones", _("Phone numbers"), _phones, ["number"], _("Add another phone")),
        _rows(
            "addresses",
            _("Addresses"),
            _addresses,
            ["street1", "street2", "city", "region", "postcode", "po_box", "country"],
            _("Add another address"),
        ),
        _rows("websites", _("Websites"), _websites, ["url"], _("Add another website")),
        _rows("messengers", _("Messengers"), _messengers, ["handle"], _("Add another messenger")),
    ]


def _rows(
    name: str,
    label: str | Promise,
    make: MakeFields,
    texts: Sequence[str],
    add_label: str | Promise,
) -> ChannelRows:
    rows = ChannelRows(name, label, make, main=texts[0], add_label=add_label)
    rows.texts = texts
    rows.starts_open = name in OPEN
    return rows


def _of_list(label: str | Promise, list_name: str) -> forms.Field:
    options = [(option.pk, option.label) for option in reference.options().of(list_name)]
    return inputs.one_of(label, options)


def _id() -> forms.Field:
    return forms.CharField(required=False, widget=forms.HiddenInput)


def _emails() -> dict[str, forms.Field]:
    return {
        "id": _id(),
        "address": inputs.text(_("E-mail"), type="email", autocomplete="off", maxlength=254),
        "location_id": _of_list(_("Place"), "location_type"),
        "is_primary": inputs.yes_no(_("Main")),
        "is_on_hold": inputs.yes_no(_("On hold")),
    }


def _phones() -> dict[str, forms.Field]:
    return {
        "id": _id(),
        "number": inputs.text(_("Number"), type="tel", autocomplete="off", maxlength=100),
        "extension": inputs.text(_("Extension"), maxlength=16, **{"class": "short"}),
        "type_id": _of_list(_("Type"), "phone_type"),
        "location_id": _of_list(_("Place"), "location_type"),
        "is_primary": inputs.yes_no(_("Main")),
    }


def _addresses() -> dict[str, forms.Field]:
    return {
        "id": _id(),
        "street1": inputs.text(_("Street"), maxlength=255),
        "street2": inputs.text(_("Street, second line"), maxlength=255),
        "postcode": inputs.text(_("Postcode"), maxlength=64, **{"class": "short"}),
        "city": inputs.text(_("City"), maxlength=255),
        "region": inputs.text(_("Region"), maxlength=255),
        "po_box": inputs.text(_("PO box"), maxlength=64, **{"class": "short"}),
        "country": inputs.text(_("Country"), maxlength=255, list="countries"),
        "location_id": _of_list(_("Place"), "location_type"),
        "is_primary": inputs.yes_no(_("Main")),
        "is_billing": inputs.yes_no(_("For billing")),
    }


def _websites() -> dict[str, forms.Field]:
    return {
        "id": _id(),
        "url": inputs.text(_("Address"), inputmode="url", maxlength=500),
        "type_id": _of_list(_("Type"), "website_type"),
    }


def _messengers() -> dict[str, forms.Field]:
    return {
        "id": _id(),
        "handle": inputs.text(_("Name there"), maxlength=255),
        "service_id": _of_list(_("Service"), "messenger_service"),
        "location_id": _of_list(_("Place"), "location_type"),
        "is_primary": inputs.yes_no(_("Main")),
    }
