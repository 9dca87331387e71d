"""Speak Wild Apricot's admin API: contacts and what hangs on them, with OAuth tokens and $filter.

The protocol is version 2.x; ``docs/dialects/wildapricot.md`` says what of it is spoken and where we
differ.
"""

from django.conf import settings

from api.base.dialect import Credentials, Dialect


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return a command that gets a token for the key and lists contacts with it."""
    key, account = credentials["api_key"], settings.WILDAPRICOT_ACCOUNT_ID
    token = (
        f"curl -s -u APIKEY:{key} -d grant_type=client_credentials -d scope=auto"
        f" {base_url}/auth/token | cut -d'\"' -f4"
    )
    return (
        f'curl -H "Authorization: Bearer $({token})"'
        f" '{base_url}/v2.2/accounts/{account}/contacts?$async=false&$top=5'"
    )


def client_id_of(credential_id: int) -> str:
    """Return the client id of an application; its client secret is the key."""
    return f"app{credential_id}"


DIALECT = Dialect(
    name="wildapricot",
    title="Wild Apricot",
    version="2.2",
    package=__name__,
    docs="docs/dialects/wildapricot.md",
    # Whatever stands in the place of the version.
    addresses=(
        r"(?i)/+(v\d+(\.\d+)?(/|$)|auth(/|$)|sys/(api|login)(/|$)|publicview/)"
        r"|/([\s\S]*/)?(accounts|rpc)(/|$)"
    ),
    base_view="WildApricotView",
    sample_request=sample_request,
    key_kind="wildapricot_key",
    key_name="api_key",
    client_id=client_id_of,
    root_view="root",
    meets_browsers=True,
)
