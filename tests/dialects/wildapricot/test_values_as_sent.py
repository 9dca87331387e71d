"""What was sent is told again: long text as it came."""

import pytest

from tests.builders import make_custom_field
from tests.dialects.wildapricot.calling import Caller, value_of
from tests.dialects.wildapricot.test_contact_writing import fields

pytestmark = pytest.mark.django_db

TEXT = "  First line\r\n\r\nthird\nlast \r\n"


def test_long_text_keeps_its_blanks_and_line_ends(as_alice: Caller) -> None:
    """Line ends of two characters became ones of one."""
    make_custom_field("Bio", type="long_text")
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Notes=TEXT, Bio=TEXT)})
    for shown in (made, as_alice.read(f"/contacts/{made['Id']}")):
        assert [value_of(shown, name) for name in ("Notes", "Bio")] == [TEXT, TEXT]
    assert as_alice.found("substringof('Notes','line\r\n\r\nthird')") == [made["Id"]]
