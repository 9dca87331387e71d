"""Whatever is sent to the neighbours of contacts is answered in the words of the protocol."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import Contact, CustomField, Group, Membership
from tests.dialects.wildapricot.calling import Caller

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
READ = (
    "/membershiplevels/{}",
    "/membergroups/{}",
    "/bundles/{}",
    "/savedsearches/{}",
    "/pictures/{}",
    "/contactfields/{}",
    "/invoices/{}",
)
LISTS = ("/membershiplevels", "/membergroups", "/bundles", "/savedsearches")


def is_answered(answer: Any) -> None:
    """Check that an answer is a success or a refusal in JSON."""
    assert answer.status_code < 500, answer.content
    body = json.loads(answer.content)
    if answer.status_code >= 400:
        assert {"code", "message", "details"} <= body.keys()


@pytest.mark.parametrize("address", READ)
@pytest.mark.parametrize("number", ["0", "-1", HUGE, "9" * 18, "1.5", "x", "%00", "1%27--"])
def test_numbers_that_are_none_are_not_found(as_ada: Caller, address: str, number: str) -> None:
    answer = as_ada.send("GET", address.format(number))

    is_answered(answer)
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["$top=x", "$skip=-1", f"$top={HUGE}", f"$skip={HUGE}", "$top="])
def test_pages_are_numbers_or_refused(as_alice: Caller, address: str, query: str) -> None:
    is_answered(as_alice.send("GET", f"{address}?{query}"))


@pytest.mark.parametrize("query", ["levelId=x", f"levelId={HUGE}", "levelId=-1", "levelId=0"])
def test_bundles_of_no_level(as_alice: Caller, query: str) -> None:
    is_answered(as_alice.send("GET", f"/bundles?{query}"))


@pytest.mark.parametrize("given", ["", "x", "-1", "0", HUGE, "1%00", "1;drop"])
def test_decisions_about_nobody(as_alice: Caller, given: str) -> None:
    for word in ("Approve", "Reject"):
        address = f"/v2.2/rpc/1/{word}PendingMembership?contactId={given}"
        answer = as_alice.send("POST", address)
        is_answered(answer)
        assert answer.status_code in (400, 404)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["Active", "1", "true", "2020-01-01", "\x00", "9" * 40, "Text", "Choice"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Id", "Label", "Value", "Name", "Text"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)
CODES = ("MembershipLevelId", "Status", "BundleId", "MemberRole", "MemberSince", "RenewalDue")
MORE_CODES = ("Groups", "AccessToProfileByOthers", "custom-9017", "MembershipEnabled")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    top=st.dictionaries(
        st.sampled_from(["MembershipLevel", "Status", "MembershipEnabled"]), VALUES, max_size=3
    ),
    fields=st.dictionaries(st.sampled_from([*CODES, *MORE_CODES]), VALUES, max_size=4),
)
def test_any_membership_is_stored_or_refused(as_alice: Caller, top: Any, fields: Any) -> None:
    body = {
        "FirstName": "Amy",
        **top,
        "FieldValues": [{"SystemCode": code, "Value": value} for code, value in fields.items()],
    }
    before = Contact.objects.count(), Membership.objects.count()
    answer = as_alice.send("POST", "/contacts", body)

    is_answered(answer)
    if answer.status_code >= 400:
        assert (Contact.objects.count(), Membership.objects.count()) == before


KEYS = (
    *("FieldName", "FieldType", "AllowedValues", "IsRequired", "AdminOnly", "Access"),
    *("MemberOnly", "FieldInstructions", "Order", "RulesAndTermsInfo"),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6), method=st.booleans())
def test_any_definition_is_stored_or_refused(as_ada: Caller, body: Any, method: bool) -> None:
    if method:
        is_answered(as_ada.send("POST", "/contactfields", {"FieldType": "Choice", **body}))
        return
    # The one before may have got another name.
    given_once = {"label": "Size", "type": "option"}
    field, _new = CustomField.objects.get_or_create(slug="size", defaults=given_once)
    is_answered(as_ada.send("PUT", f"/contactfields/{10_000 + field.pk}", body))


@pytest.mark.parametrize(
    "body",
    ["", "[]", "null", "7", '"x"', "{", '{"Name": {}}', '{"Name": "\\u0000"}', '{"Name": 5}'],
)
def test_groups_of_nonsense(as_alice: Caller, body: str) -> None:
    is_answered(as_alice.send("POST", "/membergroups", body))
    is_answered(as_alice.send("POST", "/pictures", body))
    assert Group.objects.count() <= 1
