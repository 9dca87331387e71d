"""Speak Concord CRM: contacts, companies, deals and their neighbours as Laravel writes JSON.

The protocol is Concord CRM 1.5; ``docs/dialects/concord.md`` says what of it is spoken and where
we differ.
"""

from api.base.dialect import Credentials, Dialect


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return a command that lists contacts."""
    return f"curl -H 'Authorization: Bearer {credentials['token']}' {base_url}/api/contacts"


DIALECT = Dialect(
    name="concord",
    title="Concord CRM",
    version="1.5",
    package=__name__,
    docs="docs/dialects/concord.md",
    addresses=r"/api(/|$)",
    base_view="ConcordView",
    sample_request=sample_request,
    key_kind="concord_token",
    key_name="token",
    # No browser sends a bearer token by itself.
    is_for_all_sites=True,
)
