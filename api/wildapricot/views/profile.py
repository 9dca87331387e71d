"""The contact of whoever asks."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.filters import is_asked
from api.wildapricot.mapping.contacts import writer_for
from api.wildapricot.mapping.memberships import extended
from api.wildapricot.mapping.table import table_for
from api.wildapricot.mapping.users import with_user
from api.wildapricot.views.base import WildApricotViewSet
from contacts.query.own_contacts import get_own_contact

SHOWN = (
    "Id",
    "Url",
    "DisplayName",
    "FirstName",
    "LastName",
    "Email",
    "Organization",
    "Status",
    "MembershipLevel",
    "IsAccountAdministrator",
    "TermsOfUseAccepted",
)


class ProfileSet(WildApricotViewSet):
    """One's own contact; a token for it alone is enough."""

    xml_item = "Contact"

    def retrieve(self, request: DialectRequest, account_id: str, version: str = "v1") -> Response:
        """Show the contact that the user of the token has of its own."""
        actor = request.actor
        document = with_user(actor, get_own_contact(actor))
        whole = writer_for(table_for(actor), self.place)(document)
        if is_asked(request.query, "getextendedmembershipinfo"):
            whole["ExtendedMembershipInfo"] = extended(document, self.call_url)
            return envelope.single(whole)
        if is_asked(request.query, "includedetails"):
            return envelope.single(whole)
        return envelope.single({name: whole[name] for name in SHOWN if name in whole})
