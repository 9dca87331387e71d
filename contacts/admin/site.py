"""The AdminSite: who gets in, in whose language and time, and what a refusal looks like."""

import zoneinfo
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from contacts.admin import refusals, start
from contacts.admin.files import download
from contacts.admin.navigation import Link, Section, further_links, sections_of
from contacts.admin.nouns import DomainAdmin
from contacts.admin.profile import profile
from contacts.admin.resuming import KEPT, Kept, find_kept, keep
from contacts.admin.right_words import seen_by
from contacts.admin.signing_in import SignInForm
from contacts.admin.suggesting import suggestions
from contacts.admin.undoing import undo
from contacts.admin.visitors import actor_of_request
from contacts.errors import DomainError
from contacts.models import User

# Django's own addresses that our pages do not use, and that know no visibility rule.
UNUSED = frozenset(
    {
        "app_list",
        "autocomplete",
        "jsi18n",
        "password_change",
        "password_change_done",
        "view_on_site",
    }
)
PROFILE = "profile"
REDIRECT = 302

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class CrmSite(AdminSite):
    """The browser UI; everybody with an active account gets in and sees what the rule allows."""

    site_header = site_title = "Rosetta CRM"
    login_form = SignInForm
    logout_template = "admin/logged_out.html"
    enable_nav_sidebar = False
    final_catch_all_view = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Let everybody in who has an account that is not locked."""
        return bool(request.user.is_authenticated and request.user.is_active)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Wrap a view: signed in, in the person's own language and time, refusals in the skin."""
        inside = super().admin_view(cast(View, self._personal(view)), cacheable)

        @csrf_protect
        def entered(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponseBase:
            if request.method == "POST" and request.POST and not self.has_permission(request):
                return self._ask_again(request)
            return inside(request, *positional, **named)

        return cast(View, update_wrapper(entered, inside))

    def _ask_again(self, request: HttpRequest) -> HttpResponse:
        """Show the sign-in to somebody whose session ended while they were typing."""
        if request.path == reverse("admin:logout"):
            return HttpResponseRedirect(reverse("admin:login"))
        context = {
            **self.each_context(request),
            "form": self.login_form(request),
            "app_path": reverse("admin:login"),
            "next": request.get_full_path(),
            "kept": keep(request),
        }
        return TemplateResponse(request, "admin/login.html", context, status=401)

    @method_decorator(never_cache)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign somebody in; what they were typing when the session ended is brought back."""
        text = request.POST.get(KEPT, "")
        response = super().login(request, {**(extra_context or {}), "kept": text})
        kept = find_kept(text) if text and self.has_permission(request) else None
        if kept is None or response.status_code != REDIRECT:
            return response
        return self._resume(request, kept)

    def show_again(self, request: HttpRequest) -> HttpResponse | None:
        """Show a form for sending once more whose mark of origin was renewed by signing in.

        None where nobody is signed in, nothing was typed, or it is no form of this site.
        """
        is_ours = request.path.startswith(reverse("admin:index"))
        if not (is_ours and request.POST and self.has_permission(request)):
            return None
        kept = find_kept(keep(request))
        return self._resume(request, kept, status=403) if kept else None

    def _resume(self, request: HttpRequest, kept: Kept, status: int = 200) -> HttpResponse:
        with translation.override(language_of(request)):
            context = {**self.each_context(request), "kept": kept, "title": _("Where you were")}
            answer = TemplateResponse(request, "admin/resume.html", context, status=status)
            return answer.render()

    def _personal(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        def personal(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponseBase:
            with translation.override(language_of(request)), timezone.override(zone_of(request)):
                try:
                    response = self._elsewhere(request) or view(request, *positional, **named)
                    if isinstance(response, HttpResponseNotAllowed):
                        response = self._not_allowed(request, response)
                except DomainError as error:
                    response = self.refuse(request, error)
                # Here and not later: the texts of a page depend on what is in force now.
                if isinstance(response, TemplateResponse):
                    response.render()
                response.headers.setdefault("Content-Language", translation.get_language())
            return response

        # Django looks for marks of decorators on what it is given.
        personal.__dict__.update(getattr(view, "__dict__", {}))
        personal.__name__ = getattr(view, "__name__", "view")
        return personal

    def _elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        """Send somebody whose password was given by another to choose one's own, nowhere else."""
        must_change = isinstance(request.user, User) and request.user.must_change_password
        address = reverse(f"{self.name}:{PROFILE}")
        if not must_change or request.path in (address, reverse(f"{self.name}:logout")):
            return None
        return HttpResponseRedirect(address)

    def refuse(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        """Return the page that says why something cannot be done, and whom to ask."""
        return self._refused(request, refusals.refusal_of(error))

    def _not_allowed(self, request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
        """Say to somebody who opens an address for buttons where to go; Django's page is empty."""
        if request.method not in ("GET", "HEAD"):
            return response
        answer = self._refused(request, refusals.refusal_to_open())
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def _refused(self, request: HttpRequest, refusal: refusals.Refusal) -> HttpResponse:
        context = {**self.each_context(request), "title": refusal.title, "refusal": refusal}
        return TemplateResponse(request, "admin/refused.html", context, status=refusal.status)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:  # as Django declares it
        """Return what every page needs."""
        signed_in = self.has_permission(request)
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "has_permission": signed_in,
            "actor": actor_of_request(request) if signed_in else None,
            "sections": self.sections(request) if signed_in else [],
        }

    def sections(self, request: HttpRequest) -> list[Section]:
        """Return the navigation of this person."""
        home = reverse("admin:index")
        links = [Link("work", 0, _("Start"), home, "home", request.path == home)]
        for model_admin in self._registry.values():
            if isinstance(model_admin, DomainAdmin):
                links += model_admin.links(request)
        return sections_of([*links, *further_links(request)])

    def destinations(self, request: HttpRequest) -> list[Link]:
        """Return all lists and pages that this person can go to, in the navigation or below it."""
        links = [link for section in self.sections(request) for link in section.links]
        known = {link.url for link in links}
        for noun in self._registry.values():
            if not isinstance(noun, DomainAdmin) or not noun.has_view_permission(request):
                continue
            try:
                url = noun.address("changelist")
            except NoReverseMatch:
                continue
            if url not in known:
                links.append(Link("", noun.order, noun.title, url, noun.icon))
        profile = reverse(f"{self.name}:{PROFILE}")
        return [*links, Link("", 0, _("Your profile"), profile, "person")]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the start page."""
        found = start.context_of(request, self._registry.values())
        context = {**self.each_context(request), "seen_by": seen_by(""), **found}
        return TemplateResponse(request, "admin/index.html", context)

    def profile(self, request: HttpRequest) -> HttpResponse:
        """Show and change one's own profile."""
        return profile(request, self.each_context(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the addresses of the site and of every noun."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in UNUSED]
        return [
            path("undo/", self.admin_view(undo), name="undo"),
            path("suggestions/", self.admin_view(suggestions), name="suggestions"),
            path("files/<int:attachment_id>/", self.admin_view(download), name="file"),
            path("profile/", self.admin_view(self.profile), name=PROFILE),
            *urls,
        ]


def language_of(request: HttpRequest) -> str:
    """Return the person's own language, else what the browser asked for."""
    own = getattr(request.user, "language", "")
    return own if own in dict(settings.LANGUAGES) else translation.get_language() or "en"


def zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """Return the person's own time zone, or None for that of the instance."""
    name = request.user.time_zone if isinstance(request.user, User) else ""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


site = CrmSite(name="admin")
