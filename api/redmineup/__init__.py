"""Speak RedmineUP CRM: contacts by the REST conventions of Redmine, in JSON and XML.

The protocol is Redmine 5 with the contacts plugin 4; ``docs/dialects/redmineup.md`` says what of
it is spoken and where we differ. It is the product's own interface too.
"""

from api.base.dialect import Credentials, Dialect
from api.redmineup.form_code import form_code, form_command


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return a command that lists contacts."""
    return f"curl -H 'X-Redmine-API-Key: {credentials['api_key']}' {base_url}/contacts.json"


DIALECT = Dialect(
    name="redmineup",
    title="RedmineUP",
    version="4.2",
    package=__name__,
    docs="docs/dialects/redmineup.md",
    addresses=(
        r"/(attachments|contacts|contacts_tags|crm_queries|custom_fields|deal_categories"
        r"|deal_statuses|deals|enumerations|groups|issue_statuses|issues|memberships|my|notes"
        r"|projects|roles|search|trackers|uploads|users)([./]|$)"
        # Whoever asks the root for data gets no page, whatever it is that is not there.
        r"|/[^/]+\.(json|xml)$"
    ),
    base_view="RedmineUpView",
    sample_request=sample_request,
    key_kind="redmineup_key",
    key_name="api_key",
    form_code=form_code,
    form_command=form_command,
)
