"""Speak Vtiger's web services: one address, an operation in each request, records as flat text.

The protocol is that of Vtiger 5 to 8; ``docs/dialects/vtiger.md`` says what of it is spoken and
where we differ.
"""

from api.base.dialect import Credentials, Dialect


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return commands that sign in and list contacts."""
    address = f"{base_url}/webservice.php"
    username, key = credentials["username"], credentials["access_key"]
    read = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"result\"][sys.argv[1]])'"
    contacts = "--data-urlencode 'query=SELECT * FROM Contacts;'"
    return "; ".join(
        [
            f"T=$(curl -s '{address}?operation=getchallenge&username={username}' | {read} token)",
            f"K=$(printf %s \"${{T}}{key}\" | md5sum | cut -d' ' -f1)",
            f"S=$(curl -s {address} -d operation=login -d username={username} -d accessKey=$K"
            f" | {read} sessionName)",
            f"curl -sG {address} -d operation=query -d sessionName=$S {contacts}",
        ]
    )


DIALECT = Dialect(
    name="vtiger",
    title="Vtiger CRM",
    version="0.22",
    package=__name__,
    docs="docs/dialects/vtiger.md",
    addresses=r"/([\s\S]+/)?webservice\.php(/|$)",
    base_view="VtigerView",
    sample_request=sample_request,
    key_kind="vtiger_access_key",
    key_name="access_key",
    key_is_recoverable=True,
)
