"""Take the posts of web forms on other sites: docs/dialects/redmineup.md, "Web forms".

A form posts with a key of its own, which may do nothing else, or with the key of a user, as the
original's example does.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.auth import key_of
from api.redmineup.envelope.formats import is_page
from api.redmineup.envelope.styles import writing_for
from api.redmineup.mapping import contacts as mapping
from api.redmineup.mapping.contact_values import from_wire
from api.redmineup.mapping.places import named_project, project_id_of
from contacts.access import FORM_KEY, Actor
from contacts.errors import AuthenticationError, ForbiddenError
from contacts.intake import Sender, allowed_redirect, find_form, submit
from contacts.intake.pages import thanks_page
from contacts.services.form_fields import form_fields

if TYPE_CHECKING:
    from contacts.models import WebForm

SOURCE = "Web form"
SOURCE_LENGTH = 255
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


def is_form_key(actor: Actor) -> bool:
    """Say whether the actor is a form, which may only be sent."""
    return actor.credential_kind == FORM_KEY


def submitted(
    request: DialectRequest, sent: Mapping[str, Any], project: str | None
) -> HttpResponseBase:
    """Take what a form sent with its own key; raises what the intake raises."""
    form = find_form(key_of(request) or "")
    if form is None:
        raise AuthenticationError("unknown")
    named = named_project(sent, request.params, {"project_id": project})
    if named is not None and project_id_of(named) != form.project_id:
        raise ForbiddenError("add_contacts")
    values = from_wire(request.actor, _askable(form, sent), creating=True)({})
    outcome = submit(form, values, _sender(request))
    asked = request.params.get("redirect_on_success")
    if asked and allowed_redirect(form, str(asked)):
        return _sent_to(str(asked))
    if is_page(request):
        if outcome.redirect_to:
            return _sent_to(outcome.redirect_to)
        return thanks_page(request._request, form=form)
    if outcome.document is None:
        # Held, dropped, or a note on a contact that strangers must not see: all look like success.
        return Response({"contact": _echo(values)}, status=HTTPStatus.CREATED)
    written = mapping.with_projects(outcome.document, writing_for(request))
    return envelope.created(request, "contact", written, f"/contacts/{outcome.document['id']}")


def after_create(request: DialectRequest, answer: Response) -> HttpResponseBase:
    """Return what a form with a user's key is answered when the contact is there."""
    asked = str(request.params.get("redirect_on_success") or "")
    if _is_absolute(asked):
        return _sent_to(asked)
    if not is_page(request):
        return answer
    back = str(request.params.get("back_url") or "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return _sent_to(back)
    return thanks_page(request._request)


def source_of(request: DialectRequest) -> dict[str, object]:
    """Return where a contact comes from that a form with a user's key makes."""
    is_form = request.content_type.partition(";")[0].strip().lower() in FORM_TYPES
    if not (is_form and isinstance(request.data, Mapping) and "key" in request.data):
        return {}
    facts = (SOURCE, request.META.get("REMOTE_ADDR", ""), request.headers.get("Referer", ""))
    # A Referer may hold what its own page wants hidden after the question mark.
    words = " ".join(str(fact).partition("?")[0] for fact in facts if fact)
    return {"source": words.replace("\0", "")[:SOURCE_LENGTH]}


def _askable(form: "WebForm", sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was sent without ``is_company`` where the form does not ask for companies.

    It would take the name along into a field that the form does not have.
    """
    if {each.key for each in form_fields(form)} >= {"kind", "organization_name"}:
        return sent
    return {name: value for name, value in sent.items() if name != "is_company"}


def _sender(request: DialectRequest) -> Sender:
    raw = {name: value for name, value in request.params.items() if name != "key"}
    return Sender(
        address=str(request.META.get("REMOTE_ADDR", "")),
        referer=request.headers.get("Referer", ""),
        user_agent=request.headers.get("User-Agent", ""),
        raw=raw,
        redirect_to=str(request.params.get("redirect_on_success") or ""),
        request_id=request.request_id,
    )


def _sent_to(address: str) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.FOUND)
    response["Location"] = iri_to_uri(address)
    return response


def _is_absolute(address: str) -> bool:
    # A user's key is trusted with any site, as in the original; a form key is not.
    return address.startswith(("http://", "https://")) and address.isprintable()


def _echo(values: Mapping[str, object]) -> dict[str, object]:
    names = ("first_name", "last_name", "company", "job_title", "background")
    return {"id": None, **{name: values.get(name) for name in names}}
