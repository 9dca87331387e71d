"""Bundles: contacts who share one membership. They come and go with their members."""

import json
from typing import ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy

from contacts.access import NEEDED
from contacts.admin.catalogue_screens import CatalogueAdmin, Document
from contacts.admin.site import site
from contacts.admin.tables import Cell, Column, Record
from contacts.models import Bundle


def administrator_cell(bundle: Document) -> Cell:
    """Return who speaks for the bundle, where the person sees that contact."""
    named = bundle["administrator"]
    if named is None:
        return Cell()
    return Cell(named["name"], url=reverse("admin:contacts_contact_page", args=[named["id"]]))


def spaces_cell(bundle: Document) -> Cell:
    """Return how many more may join; nothing where there is no limit."""
    left = bundle["spaces_left"]
    return Cell() if left is None else Cell(str(left))


def members_url(bundle_id: int) -> str:
    """Return the list of the contacts in a bundle."""
    where = json.dumps({"field": "bundle", "operator": "eq", "value": bundle_id})
    return f"{reverse('admin:contacts_contact_changelist')}?{urlencode({'where': where})}"


@admin.register(Bundle, site=site)
class BundleAdmin(CatalogueAdmin):
    """Who shares a membership with whom."""

    kind: ClassVar[str] = "bundle"
    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 46
    icon: ClassVar[str] = "people"
    view_right: ClassVar[str] = NEEDED["contact", "update"]
    can_add: ClassVar[bool] = False
    can_remove: ClassVar[bool] = False
    intro = gettext_lazy(
        "Contacts who share one membership. A contact that gets a level for bundles opens one; "
        "others join it by its number, in the form of a contact."
    )
    empty = gettext_lazy("No bundles yet.")
    columns = (
        Column(gettext_lazy("Number"), lambda bundle: Cell(str(bundle["id"])), is_number=True),
        Column(gettext_lazy("Membership level"), lambda bundle: Cell(bundle["level"])),
        Column(gettext_lazy("Administrator"), administrator_cell),
        Column(
            gettext_lazy("Members"),
            lambda bundle: Cell(str(bundle["member_count"]), url=members_url(bundle["id"])),
            is_number=True,
        ),
        Column(gettext_lazy("Places left"), spaces_cell, is_number=True),
    )

    def screens(self) -> list[URLPattern]:
        """Return the list alone: a bundle is changed through its members."""
        return [self.screen("", self.list_screen, "changelist")]

    def url_of(self, record_id: int) -> str:
        """Return the list of its members."""
        return members_url(record_id)

    def name_of(self, record: Record) -> str:
        """Return its number."""
        return f"#{record['id']}"

    def may_change(self, request: HttpRequest, record: Record | None = None) -> bool:
        """Say no: there is no form."""
        return False
