"""What there is: versions, and the account with its resources."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.views.base import WildApricotViewSet, origin_of
from contacts.access import Actor
from contacts.query import Query, count_contacts

Wire = dict[str, object]

# Clients follow the first entry, so the newest stable version comes first.
VERSIONS = ("2.2", "2.3", "2.1", "2", "1")

# Clients look resources up by these names.
RESOURCES = (
    ("Contacts", "Contacts", "Contacts and members", "GET POST PUT DELETE"),
    ("Contact fields", "ContactFields", "Fields of contacts", "GET POST PUT DELETE"),
    ("Membership levels", "MembershipLevels", "Membership levels", "GET"),
    ("Member groups", "MemberGroups", "Groups of members", "GET POST"),
    ("Bundles", "Bundles", "Bundles of members", "GET"),
    ("Saved searches", "SavedSearches", "Saved searches", "GET"),
    ("Pictures", "Pictures", "Pictures", "GET POST"),
    ("Events", "Events", "Events", "GET"),
    ("Invoices", "Invoices", "Invoices", "GET"),
    ("Payments", "Payments", "Payments", "GET"),
    ("Donations", "Donations", "Donations", "GET"),
    ("Event registrations", "EventRegistrations", "Registrations for events", "GET"),
    ("Tenders", "Tenders", "Ways of payment", "GET"),
)
MOST_CONTACTS = 1_000_000_000


class VersionSet(WildApricotViewSet):
    """The versions, and what is in one."""

    xml_item = "ApiVersion"

    def list(self, request: DialectRequest) -> Response:
        """List the versions."""
        origin = origin_of(request)
        return envelope.single(
            [{"Name": f"v{each}", "Url": f"{origin}/v{each}", "Version": each} for each in VERSIONS]
        )

    def retrieve(self, request: DialectRequest, version: str) -> Response:
        """List what is in a version."""
        url = f"{self.version_url}/accounts"
        return envelope.single([{"Name": "Accounts", "Url": url, "AllowedOperations": ["GET"]}])


class AccountSet(WildApricotViewSet):
    """The one account of this instance."""

    xml_item = "Account"

    def list(self, request: DialectRequest, version: str) -> Response:
        """List the account."""
        return envelope.single([self._account(request)])

    def retrieve(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Show the account."""
        return envelope.single(self._account(request))

    def _account(self, request: DialectRequest) -> Wire:
        url = self.account_url
        return {
            "Id": settings.WILDAPRICOT_ACCOUNT_ID,
            "Name": settings.WILDAPRICOT_ACCOUNT_NAME,
            "Url": url,
            "PrimaryDomainName": request.get_host(),
            "IsFreeAccount": False,
            "Resources": [
                {
                    "Name": name,
                    "Url": f"{url}/{path}/",
                    "Description": about,
                    "AllowedOperations": methods.split(),
                }
                for name, path, about, methods in RESOURCES
            ],
            "ContactLimitInfo": _limits(request.actor),
            "TimeZone": _time_zone(),
            "Currency": {"Code": "USD", "Name": "US Dollar", "Symbol": "$"},
            "Localization": {"DateFormat": "yyyy-MM-dd", "TimeFormat": "HH:mm"},
            "SquareRegisterSettings": {"IntegrationEnabled": False},
            "PaymentSettings": {
                "GeneralPaymentInstructions": "",
                "EventPaymentInstructions": "",
                "MembershipPaymentInstructions": "",
            },
            "BillingPlan": {"Name": "Self-hosted", "Price": 0},
        }


def _limits(actor: Actor) -> Wire:
    """Return how many living contacts the caller sees; nothing limits them."""
    present = count_contacts(actor, Query())
    return {"CurrentContactsCount": present, "BillingPlanContactsLimit": MOST_CONTACTS}


def _time_zone() -> Wire:
    now: datetime = timezone.now().astimezone(timezone.get_default_timezone())
    offset = now.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    name = settings.TIME_ZONE
    words = "Coordinated Universal Time" if name == "UTC" else name
    shown = "UTC" if not minutes else f"UTC{now.strftime('%z')[:3]}:{now.strftime('%z')[3:]}"
    return {"ZoneId": name, "Name": f"({shown}) {words}", "UtcOffset": minutes}


# Mounted at the root of the server, for requests that carry a token.
root = VersionSet.as_view({"get": "list"})
