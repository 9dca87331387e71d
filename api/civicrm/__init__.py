"""Speak CiviCRM's APIv3: one kernel of entities and actions, reached in several ways.

The protocol is that of CiviCRM 6.14; ``docs/dialects/civicrm.md`` says what of it is spoken and
where we differ.
"""

from urllib.parse import urlencode

from api.base.dialect import Credentials, Dialect


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return a command that lists contacts."""
    query = urlencode(
        {
            "entity": "Contact",
            "action": "get",
            "json": '{"sequential":1}',
            "key": str(credentials["site_key"]),
            "api_key": str(credentials["api_key"]),
        }
    )
    return f"curl '{base_url}/extern/rest.php?{query}'"


DIALECT = Dialect(
    name="civicrm",
    title="CiviCRM",
    version="6.14",
    package=__name__,
    docs="docs/dialects/civicrm.md",
    addresses=r"/civicrm/(ajax|authx|api/json|crm\.js)(/|$)|/([\s\S]*/)?extern/rest\.php|/wp-json/civicrm(/|$)",
    base_view="CiviView",
    sample_request=sample_request,
    key_kind="civicrm_api_key",
    key_name="api_key",
    root_view="at_root",
    root_parameter="rest_route",
    session_view="at_any_page",
    session_parameter="_authxSes",
    meets_browsers=True,
)
