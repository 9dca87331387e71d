"""Answer which trackers, statuses and priorities tickets can have."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.mapping import options as mapping
from api.redmineup.views.base import RedmineUpViewSet


class TrackerSet(RedmineUpViewSet):
    """List the trackers."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all trackers."""
        return envelope.whole("trackers", mapping.trackers())


class IssueStatusSet(RedmineUpViewSet):
    """List the statuses of tickets."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all statuses."""
        return envelope.whole("issue_statuses", mapping.statuses())


class IssuePrioritySet(RedmineUpViewSet):
    """List the priorities of tickets."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return all priorities."""
        return envelope.whole("issue_priorities", mapping.priorities())
