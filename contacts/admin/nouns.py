"""What the admin of every noun has in common.

Django's own change views write rows by themselves; here only services write. So a `DomainAdmin`
has exactly the addresses that its `screens` names, and none that Django would add.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

from contacts.admin.navigation import Link, is_below
from contacts.admin.numbers import Figure
from contacts.admin.right_words import ADMINISTRATOR, seen_by
from contacts.admin.visitors import actor_of_request

View = Callable[..., HttpResponseBase]


class DomainAdmin(admin.ModelAdmin):
    """The screens of one noun.

    `view_right` says who sees them at all: everybody who signs in (""), whoever holds the right in
    any project, or administrators only. `section`, `order` and `icon` place the noun in the
    navigation; without a section it has no entry there.
    """

    view_right: ClassVar[str] = ""
    section: ClassVar[str] = ""
    order: ClassVar[int] = 100
    icon: ClassVar[str] = "dot"

    heading: ClassVar[str | Promise] = ""

    @property
    def title(self) -> str:
        """Return what the list is called: the plural of the noun, or its `heading`."""
        plural = str(self.heading or self.opts.verbose_name_plural)
        return plural[:1].upper() + plural[1:]

    def screens(self) -> list[URLPattern]:
        """Return the addresses below that of the noun; use `self.screen`."""
        return []

    def screen(self, route: str, view: View, name: str) -> URLPattern:
        """Return one address; its name becomes "admin:contacts_<model>_<name>"."""
        options = self.opts
        full_name = f"{options.app_label}_{options.model_name}_{name}"
        return path(route, self.admin_site.admin_view(self._guarded(view)), name=full_name)

    def _guarded(self, view: View) -> View:
        def guarded(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponseBase:
            self.require_view(request)
            return view(request, *positional, **named)

        return guarded

    def require_view(self, request: HttpRequest) -> None:
        """Raise ForbiddenError for somebody who may not see these screens at all."""
        if not self.has_view_permission(request):
            actor = actor_of_request(request)
            actor.require(self.view_right, ())

    def get_urls(self) -> list[URLPattern]:
        """Return our own screens and nothing else."""
        return self.screens()

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether the navigation shows the noun to this person."""
        actor = actor_of_request(request)
        if not self.view_right or actor.is_administrator:
            return True
        return self.view_right != ADMINISTRATOR and actor.has_anywhere(self.view_right)

    def links(self, request: HttpRequest) -> list[Link]:
        """Return the noun's entries in the navigation."""
        if not self.section or not self.has_view_permission(request):
            return []
        url = self.address("changelist")
        return [Link(self.section, self.order, self.title, url, self.icon, is_below(request, url))]

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return the noun's figures for the start page."""
        return []

    def on_start(self, request: HttpRequest) -> dict[str, object]:
        """Return what else of the noun the start page shows."""
        return {}

    def address(self, name: str, *arguments: object) -> str:
        """Return the address of one of the noun's screens."""
        options = self.opts
        return reverse(
            f"admin:{options.app_label}_{options.model_name}_{name}", args=arguments or None
        )

    def page(
        self, request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
    ) -> TemplateResponse:
        """Return a page in the skin; `context` should hold a `title`."""
        request.current_app = self.admin_site.name
        context = {"opts": self.opts, "seen_by": seen_by(self.view_right), **context}
        everything = {**self.admin_site.each_context(request), **context}
        return TemplateResponse(request, template, everything, status=status)
