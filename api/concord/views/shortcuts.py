"""Say in one address what an update could say as well; the original calls these deprecated."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.resources.activities import ACTIVITIES, read_activity
from api.concord.resources.deals import DEALS, read_deal
from api.concord.resources.table import Resource
from api.concord.views.base import ConcordViewSet, sent_of
from api.concord.views.engine import whole
from contacts.services.activities import update_activity
from contacts.services.deals import update_deal


class ShortcutSet(ConcordViewSet):
    """Shortcuts of activities and deals."""

    def complete(self, request: DialectRequest, record_id: str) -> Response:
        """Mark an activity as done."""
        return self._completed(request, record_id, is_done=True)

    def incomplete(self, request: DialectRequest, record_id: str) -> Response:
        """Mark an activity as not done."""
        return self._completed(request, record_id, is_done=False)

    def status(self, request: DialectRequest, record_id: str, status: str) -> Response:
        """Open, win or lose a deal, for a reason where one is said."""
        before = DEALS.get(request.actor, record_id)
        sent = sent_of(request)
        reason = {key: sent[key] for key in ("lost_reason",) if key in sent}
        values = read_deal(request.actor, {"status": status, **reason}, before)
        if values:
            update_deal(request.actor, int(before["id"]), values)
        return _shown(request, DEALS, int(before["id"]))

    def _completed(self, request: DialectRequest, record_id: str, *, is_done: bool) -> Response:
        before = ACTIVITIES.get(request.actor, record_id)
        values = read_activity(request.actor, {"is_completed": is_done}, before)
        if values:
            update_activity(request.actor, int(before["id"]), values)
        return _shown(request, ACTIVITIES, int(before["id"]))


def _shown(request: DialectRequest, resource: Resource, number: int) -> Response:
    return envelope.single(whole(request.actor, resource, resource.get(request.actor, number)))
