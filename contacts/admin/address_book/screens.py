"""Which address leads to which screen of contacts."""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts import query
from contacts.access import Actor
from contacts.admin.address_book import actions, belongings
from contacts.admin.address_book.bulk import bulk
from contacts.admin.address_book.comparing import compare
from contacts.admin.address_book.editing import add_contact, change_contact
from contacts.admin.address_book.finding.page import WHERE, filter_page, written_where
from contacts.admin.address_book.import_rows import import_rows, refused_rows
from contacts.admin.address_book.importing import import_file_screen, import_screen
from contacts.admin.address_book.known_as import shown_as
from contacts.admin.address_book.listing import contact_list
from contacts.admin.address_book.merging import merge
from contacts.admin.address_book.news import follows_any, news_of
from contacts.admin.address_book.page import contact_page
from contacts.admin.address_book.palette import palette
from contacts.admin.address_book.personal_data import erase_person, everything
from contacts.admin.address_book.qr_codes import qr_code
from contacts.admin.address_book.similar import similar_screen
from contacts.admin.address_book.vcards import vcard
from contacts.admin.address_book.view_buttons import delete_view, save_view
from contacts.admin.navigation import Link, is_below
from contacts.admin.nouns import DomainAdmin
from contacts.admin.numbers import Figure, counted
from contacts.admin.site import site
from contacts.admin.spark import new_contacts
from contacts.admin.visitors import actor_of_request
from contacts.models import Contact
from contacts.query import Query
from contacts.query.totals import EXACT_UP_TO

BelongingView = Callable[["ContactAdmin", HttpRequest, int, int], HttpResponseBase]
ListView = Callable[["ContactAdmin", HttpRequest], HttpResponseBase]
ContactView = Callable[["ContactAdmin", HttpRequest, int], HttpResponseBase]
FileView = Callable[["ContactAdmin", HttpRequest, str], HttpResponseBase]


@admin.register(Contact, site=site)
class ContactAdmin(DomainAdmin):
    """List, page, form and archive of contacts."""

    section: ClassVar[str] = "work"
    order: ClassVar[int] = 10
    icon: ClassVar[str] = "people"

    def screens(self) -> list[URLPattern]:
        """Return the addresses of contacts."""
        return [
            self.screen("", self.list, "changelist"),
            self.screen("bulk/", require_POST(self._of_all(bulk)), "bulk"),
            self.screen("similar/", require_safe(self._of_all(similar_screen)), "similar"),
            self.screen("go/", require_safe(self._of_all(palette)), "palette"),
            self.screen("merge/", self._of_all(merge), "merge"),
            self.screen("filter/", require_safe(self._of_all(filter_page)), "filter"),
            self.screen("views/", require_POST(self._of_all(save_view)), "save_view"),
            self.screen("views/<int:contact_id>/delete/", self._button(delete_view), "delete_view"),
            self.screen("archive/", self.archive, "archive_list"),
            self.screen("seen/", require_POST(self._of_all(actions.see)), "seen"),
            self.screen("add/", self.add, "add"),
            self.screen("import/", self._of_all(import_screen), "import"),
            self.screen("import/<slug:token>/", self._of_file(import_file_screen), "import_file"),
            self.screen(
                "import/<slug:token>/refused/",
                require_safe(self._of_file(refused_rows)),
                "import_refused",
            ),
            self.screen(
                "import/<slug:token>/rows/", require_safe(self._of_file(import_rows)), "import_rows"
            ),
            self.screen("<int:contact_id>/", require_safe(self._of_one(contact_page)), "page"),
            self.screen(
                "<int:contact_id>/as/<slug:door>/", require_safe(self.as_known), "shown_as"
            ),
            self.screen("<int:contact_id>/change/", self._of_one(change_contact), "change"),
            self.screen("<int:contact_id>/delete/", self._of_one(actions.delete), "delete"),
            self.screen("<int:contact_id>/erase/", self._of_one(erase_person), "erase"),
            self.screen(
                "<int:contact_id>/everything/", require_safe(self._of_one(everything)), "everything"
            ),
            self.screen("<int:contact_id>/archive/", self._button(actions.archive), "archive"),
            self.screen("<int:contact_id>/restore/", self._button(actions.restore), "restore"),
            self.screen("<int:contact_id>/follow/", self._button(actions.follow_contact), "follow"),
            self.screen("<int:contact_id>/note/", self._button(belongings.add_note), "note"),
            self.screen("<int:contact_id>/file/", self._button(belongings.add_file), "file"),
            self.screen("<int:contact_id>/tie/", self._button(belongings.add_tie), "tie"),
            self._removal("note", belongings.remove_note),
            self._removal("file", belongings.remove_file),
            self._removal("tie", belongings.remove_tie),
            self.screen("<int:contact_id>/vcard/", require_safe(self._of_one(vcard)), "vcard"),
            self.screen("<int:contact_id>/qr/", require_safe(self._of_one(qr_code)), "qr"),
            self.screen(
                "<int:contact_id>/compare/", require_safe(self._of_one(compare)), "compare"
            ),
            self.screen("<int:contact_id>/picture/", self._of_one(actions.show_picture), "picture"),
        ]

    def _removal(self, name: str, view: BelongingView) -> URLPattern:
        """Return the address at which a note, a file or a relationship is removed."""
        route = f"<int:contact_id>/{name}/<int:record_id>/delete/"

        def remove(request: HttpRequest, contact_id: int, record_id: int) -> HttpResponseBase:
            return view(self, request, contact_id, record_id)

        return self.screen(route, require_POST(remove), f"{name}_delete")

    def _of_all(self, view: ListView) -> Callable[[HttpRequest], HttpResponseBase]:
        return lambda request: view(self, request)

    def _of_one(self, view: ContactView) -> Callable[[HttpRequest, int], HttpResponseBase]:
        return lambda request, contact_id: view(self, request, contact_id)

    def _of_file(self, view: FileView) -> Callable[[HttpRequest, str], HttpResponseBase]:
        return lambda request, token: view(self, request, token)

    def _button(self, view: ContactView) -> Callable[[HttpRequest, int], HttpResponseBase]:
        return require_POST(self._of_one(view))

    def as_known(self, request: HttpRequest, contact_id: int, door: str) -> HttpResponse:
        """Show what one protocol answers for a contact."""
        return shown_as(self, request, contact_id, door)

    def links(self, request: HttpRequest) -> list[Link]:
        """Return the entries for the living contacts and for the archived ones."""
        archive = self.address("archive_list")
        in_archive = is_below(request, archive)
        url = self.address("changelist")
        in_list = is_below(request, url) and not in_archive
        return [
            Link("work", self.order, _("Contacts"), url, self.icon, in_list),
            Link("work", 90, _("Archive"), archive, "archive", in_archive),
        ]

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many contacts there are, and how many are new."""
        actor = actor_of_request(request)
        week = (timezone.localdate() - timedelta(days=7)).isoformat()
        fresh = query.where(actor, "created_at", "ge", week)
        url = self.address("changelist")
        total = query.search(actor, Query(limit=0)).total
        new = query.search(actor, Query(condition=fresh, limit=0, count_up_to=EXACT_UP_TO)).total
        return [
            Figure(ngettext("contact", "contacts", total), counted(total), url, 10),
            Figure(
                _("new this week"),
                counted(new),
                f"{url}?{urlencode({WHERE: written_where(fresh), 'sort': '-created'})}",
                20,
            ),
        ]

    def on_start(self, request: HttpRequest) -> dict[str, object]:
        """Return what is new: contacts by their source, and in those that this person follows."""
        actor = actor_of_request(request)
        news = news_of(actor)
        return {
            "follows_any": follows_any(actor),
            "news": news,
            "news_count": sum(each.count for each in news),
            **self._sources(actor),
        }

    def _sources(self, actor: Actor) -> dict[str, object]:
        """Return the drawing of the last days, and each source with the list behind it."""
        drawn = new_contacts(actor)
        if drawn is None:
            return {}
        fresh = query.where(actor, "created_at", "ge", drawn.since.isoformat())
        listed = []
        for source in drawn.sources:
            through = query.where(actor, "entry_channel", *_is(source.name))
            asked = {WHERE: written_where(query.And((fresh, through))), "sort": "-created"}
            listed.append((source, f"{self.address('changelist')}?{urlencode(asked)}"))
        return {"spark": drawn, "spark_sources": listed}

    def list(self, request: HttpRequest) -> HttpResponse:
        """Show the living contacts."""
        return contact_list(self, request)

    def archive(self, request: HttpRequest) -> HttpResponse:
        """Show the archived contacts."""
        return contact_list(self, request, archived=True)

    def add(self, request: HttpRequest) -> HttpResponse:
        """Show the form of a new contact."""
        return add_contact(self, request)


def _is(source: str) -> tuple[str, object]:
    """Return the comparison with the name of a source; of some contacts nobody knows one."""
    return ("eq", source) if source else ("is_empty", True)
