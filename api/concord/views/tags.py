"""Tags: read by everybody, kept by administrators."""

from collections.abc import Mapping, Sequence

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import envelope
from api.concord.errors import RejectedError
from api.concord.mapping import choices
from api.concord.mapping.bodies import Body
from api.concord.resources.table import Wire
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.errors import NotFoundError
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.services.records import together
from contacts.services.tag_setup import create_tag, delete_tag, update_tag

TYPES = ("contacts", "deals")


class TagSet(ConcordViewSet):
    """Tags: read by everybody, kept by administrators."""

    def list(self, request: DialectRequest) -> Response:
        """Return the tags in their order; with a type, those that are of it or of none."""
        wanted = str(request.params.get("type") or "")
        found = []
        for tag_id, tag in reference.tags().by_id.items():
            if wanted in ("", tag.kind or TYPES[0]):
                found.append((tag_id, tag.kind or TYPES[0]))
        written: list[Wire] = [choices.tags([tag_id], kind)[0] for tag_id, kind in found]
        written.sort(key=_place)
        return envelope.listed(written)

    def create(self, request: DialectRequest, record_id: str = TYPES[0]) -> Response:
        """Make a tag, or give the one of this name its colour."""
        request.actor.require_administrator()
        if record_id not in TYPES:
            raise NotFoundError("resource")
        values = _tag_values(request) | {"type": record_id}
        present = reference.tags().id_of(key_of(str(values["name"])))
        if present is not None:
            update_tag(request.actor, present, {"color": values["color"]})
            return envelope.single(_tag(present))
        return envelope.created(_tag(create_tag(request.actor, values)["id"]))

    def update(self, request: DialectRequest, record_id: str) -> Response:
        """Rename, recolour or move a tag."""
        request.actor.require_administrator()
        number = number_of(record_id, "Tag")
        values = _tag_values(request)
        order = sent_of(request).get("display_order")
        update_tag(request.actor, number, values | ({} if order is None else {"position": order}))
        return envelope.single(_tag(number))

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Take a tag off everything and delete it."""
        request.actor.require_administrator()
        delete_tag(request.actor, number_of(record_id, "Tag"))
        return envelope.empty()

    def order(self, request: DialectRequest) -> Response:
        """Put tags in order."""
        request.actor.require_administrator()
        places = _places(request.data if isinstance(request.data, list) else [])
        with together():
            for number, place in places:
                update_tag(request.actor, number, {"position": place})
        return envelope.empty()


def _places(rows: Sequence[object]) -> list[tuple[int, int]]:
    """Return the ids of tags with their places; raises RejectedError, NotFoundError."""
    found: list[tuple[int, int]] = []
    messages: dict[str, list[str]] = {}
    for index, row in enumerate(rows):
        body = Body(row if isinstance(row, Mapping) else {}, creating=True)
        body.require("id", "display_order")
        number, place = body.whole("id"), body.whole("display_order")
        messages |= {f"{index}.{key}": said for key, said in body.messages.items()}
        if number is not None and place is not None:
            found.append((number, place))
    if messages:
        raise RejectedError(messages)
    return found


def _place(tag: Wire) -> tuple[int, int]:
    return int(str(tag["display_order"])), int(str(tag["id"]))


def _tag_values(request: DialectRequest) -> dict[str, object]:
    body = Body(sent_of(request), creating=True)
    body.require("name", "swatch_color")
    name, color = body.text("name"), body.color("swatch_color")
    body.finish()
    return {"name": name, "color": color}


def _tag(tag_id: object) -> Wire:
    known = reference.tags().by_id.get(tag_id) if isinstance(tag_id, int) else None
    if known is None:
        raise NotFoundError("Tag")
    (found,) = choices.tags([tag_id], known.kind or TYPES[0])
    return found
