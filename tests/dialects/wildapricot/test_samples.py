"""What published samples do that no other test does."""

import pytest

from tests.builders import make_custom_field
from tests.dialects.wildapricot.calling import Caller, value_of

pytestmark = pytest.mark.django_db


def test_the_sample_that_fills_every_text_field_with_random_text(as_alice: Caller) -> None:
    make_custom_field("Motto")
    described = as_alice.read("/contactfields/")
    named = [
        field["FieldName"]
        for field in described
        if field["Type"] == "String" and field["IsEditable"] and not field["MemberOnly"]
    ]
    assert {"Notes", "Phone", "Other emails", "Address", "Motto"} <= set(named)
    entries = [
        {"fieldName": name, "value": f"x{place}7@example.test" if name == "Email" else f"x{place}7"}
        for place, name in enumerate(named)
    ]
    made = as_alice.make({"fieldValues": entries})
    read = [value_of(made, name) for name in named]
    assert read == [entry["value"] for entry in entries]
