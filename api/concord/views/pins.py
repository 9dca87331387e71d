"""Pin entries to the top of a timeline."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.mapping.bodies import Body
from api.concord.views.base import ConcordViewSet, sent_of
from contacts.services.pins import pin

# Word of a client: kind in the domain; clients send names of resources or of their models.
SUBJECTS = {
    **dict.fromkeys(("contact", "contacts", "company", "companies"), "contact"),
    **dict.fromkeys(("deal", "deals"), "deal"),
}
ENTRIES = {
    **dict.fromkeys(("note", "notes"), "note"),
    **dict.fromkeys(("call", "calls", "activity", "activities"), "activity"),
}
KEYS = ("subject_type", "subject_id", "timelineable_type", "timelineable_id")


class PinSet(ConcordViewSet):
    """What stands first."""

    def create(self, request: DialectRequest) -> Response:
        """Pin an entry."""
        return _set(request, pinned=True)

    def destroy(self, request: DialectRequest) -> Response:
        """Take an entry off."""
        return _set(request, pinned=False)


def _set(request: DialectRequest, *, pinned: bool) -> Response:
    body = Body(sent_of(request), creating=True)
    body.require(*KEYS)
    subject = SUBJECTS.get(str(body.sent.get("subject_type")))
    entry = ENTRIES.get(str(body.sent.get("timelineable_type")))
    for name, found in (("subject_type", subject), ("timelineable_type", entry)):
        if found is None and name not in body.messages:
            body.reject(name, "The selected {label} is invalid.")
    subject_id, entry_id = body.whole("subject_id"), body.whole("timelineable_id")
    body.finish()
    pin(request.actor, (str(subject), subject_id or 0), (str(entry), entry_id or 0), pinned=pinned)
    return envelope.empty()
