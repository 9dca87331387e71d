"""Choose how contacts are written for a request."""

from django.conf import settings

from api.base.requests import DialectRequest
from api.redmineup.mapping.contacts import Writing
from contacts.access import readable_custom_fields

PLUGIN = "plugin"


def writing_for(request: DialectRequest) -> Writing:
    """Return for whom and how contacts are written in the answer."""
    return Writing(
        actor=request.actor,
        is_xml=request.accepted_renderer.format == "xml",
        is_nested=_channel_style(request) == PLUGIN,
        custom_fields=readable_custom_fields(request.actor),
    )


def _channel_style(request: DialectRequest) -> object:
    """Return the style of phones and e-mails in XML: the query's, the key's, the server's."""
    return (
        request.query.get("xml_style")
        or request.actor.traits.get("xml_channels")
        or settings.REDMINEUP_XML_CHANNELS
    )
