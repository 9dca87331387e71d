"""Say to browsers which sites may embed a form, and where it may lead."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from contacts.models import WebForm


def framed(request: HttpRequest, response: HttpResponse, form: WebForm) -> HttpResponse:
    """Return the answer with the headers of its form; our own pages may always embed it."""
    sites = [str(site) for site in form.allowed_sites]
    policy = {"frame-ancestors": [SELF, *sites], "form-action": [SELF, *_leading_to(form)]}
    if sites:
        # The older header cannot name sites, and browsers that know the policy ignore it.
        response.xframe_options_exempt = True
    else:
        response["X-Frame-Options"] = "SAMEORIGIN"
    origin = request.headers.get("Origin", "")
    patch_vary_headers(response, ["Accept", "Origin"])
    if origin.lower() in sites:
        response["Access-Control-Allow-Origin"] = origin

    @csp_replace(policy)
    def answer(request: HttpRequest) -> HttpResponse:
        return response

    return answer(request)  # type: ignore[return-value]  # the decorator forgets the type


def _leading_to(form: WebForm) -> list[str]:
    """Return what the policy must let a sent form be redirected to.

    Browsers check every redirect that follows, and only the owner knows where the address leads
    from there, so the scheme is all that can be said.
    """
    if not form.redirect_to:
        return []
    return ["https:"] if form.redirect_to.startswith("https:") else ["http:", "https:"]
