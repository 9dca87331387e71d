"""Define public forms; administrators only."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.concord import envelope
from api.concord.forms.settings import from_wire, to_wire
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.access import Actor
from contacts.services.form_reading import (
    clone_web_form,
    list_web_forms,
    project_for_forms,
    show_web_form,
)
from contacts.services.web_forms import create_web_form, delete_web_form, update_web_form

MODEL = "WebForm"


class FormSet(ConcordViewSet):
    """The definitions of public forms."""

    def list(self, request: DialectRequest) -> Response:
        """Return all forms."""
        actor = _administrator(request)
        return envelope.listed([to_wire(actor, each) for each in list_web_forms(actor)])

    def retrieve(self, request: DialectRequest, record_id: str) -> Response:
        """Return one form."""
        actor = _administrator(request)
        document = show_web_form(actor, number_of(record_id, MODEL))
        request.shown_version = version_of("web_form", document)
        return envelope.single(to_wire(actor, document))

    def create(self, request: DialectRequest) -> Response:
        """Make a form."""
        actor = _administrator(request)
        values = from_wire(actor, sent_of(request), creating=True)
        made = create_web_form(actor, {**values, "project": project_for_forms(actor)})
        return envelope.created(to_wire(actor, show_web_form(actor, int(str(made["id"])))))

    def update(self, request: DialectRequest, record_id: str) -> Response:
        """Change a form."""
        actor = _administrator(request)
        number = number_of(record_id, MODEL)
        show_web_form(actor, number)
        update_web_form(actor, number, from_wire(actor, sent_of(request), creating=False))
        return envelope.single(to_wire(actor, show_web_form(actor, number)))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Delete a form; what came through it stays."""
        delete_web_form(_administrator(request), number_of(record_id, MODEL))
        return envelope.empty()

    def clone(self, request: DialectRequest, record_id: str) -> Response:
        """Make another form like one."""
        actor = _administrator(request)
        made = clone_web_form(actor, number_of(record_id, MODEL))
        return envelope.created(to_wire(actor, made))


def _administrator(request: DialectRequest) -> Actor:
    request.actor.require_administrator()
    return request.actor
