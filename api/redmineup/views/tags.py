"""Answer what is asked about tags."""

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.redmineup import envelope
from api.redmineup.mapping.shapes import Items
from api.redmineup.views.base import RedmineUpViewSet
from contacts.query import tags_in_use


class TagSet(RedmineUpViewSet):
    """List tags."""

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return the tags of the contacts that the actor sees, by name."""
        tags = tags_in_use(request.actor)
        items = ({"id": tag.id, "name": tag.name, "color": tag.color} for tag in tags)
        return envelope.whole("tags", Items("tag", items), with_total=True)
