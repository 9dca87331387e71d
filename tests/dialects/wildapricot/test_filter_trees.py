"""Random filters find what plain Python finds in the same contacts; garbage is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import index
from contacts.models import Contact, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.wildapricot.calling import Caller
from tests.dialects.wildapricot.trees import Tree, printed, trees
from tests.trust.grammar import Inputs, calmly, counted

pytestmark = pytest.mark.django_db

inputs = counted(Inputs("Wild Apricot: $filter"))
CALMLY = calmly(120, tests=2)


@pytest.fixture
def people(alice: User, as_alice: Caller) -> "list[Any]":
    """Return some contacts as the wire shows them, by field name."""
    for name, kind in {"Motto": "text", "Visits": "integer", "Agreed": "boolean"}.items():
        make_custom_field(name, type=kind)
    make_custom_field("Seen", type="datetime")
    make_custom_field("Colour", options=("Red", "VIP"))
    make_custom_field("Extras", options=("Press", "Red"), is_multiple=True)
    bodies: list[dict[str, Any]] = [
        {"First name": "Amy", "Last name": "O'Brien", "Balance": 12.5, "Tags": ["VIP", "Press"]},
        {"First name": "ångström", "Notes": "100% a_b", "Visits": 100, "Agreed": True},
        {"Organization": "Acme (UK)", "Email": "amy@example.test", "Colour": "Red"},
        {"Last name": "O’Brien", "Job title": "rock and roll", "Extras": ["Press"]},
        {"First name": "Пётр", "Organization": "NULL", "Birthday": "2024-02-29"},
        {"Last name": "x') or ('y", "State/Prov": "AMY", "Balance": -5, "Total donated": 1},
        {"First name": "eq", "Motto": "aMY 100%", "Seen": "2024-02-29T10:20:30Z"},
        {"First name": "a_b", "Archived": True, "Birthday": "1990-05-01", "Agreed": False},
        {"Last name": "The Amys", "Contact type": 3, "Tags": ["Red"], "Visits": 0},
        {"First name": "No", "Seen": "2024-03-01T00:00:00Z", "Extras": ["Press", "Red"]},
    ]
    for body in bodies:
        entries = [{"FieldName": name, "Value": value} for name, value in body.items()]
        as_alice.make({"FieldValues": entries})
    # In whole seconds, as the wire shows moments.
    Contact.objects.update(created_at="2024-02-29T10:20:30Z")
    late = make_contact(actor_for(alice), first_name="Late", emails=["late@example.test"])
    Contact.objects.filter(pk=late.pk).update(created_at="2024-03-01T00:00:00Z")
    index.refresh(list(Contact.objects.values_list("pk", flat=True)))
    return [
        {"Id": each["Id"], **{entry["FieldName"]: entry["Value"] for entry in each["FieldValues"]}}
        for each in as_alice.list()
    ]


def test_random_filters_find_what_plain_python_finds(
    as_alice: Caller, people: "list[Any]", inputs: Inputs
) -> None:
    @CALMLY
    @given(tree=trees(), data=st.data())
    def check(tree: Tree, data: st.DataObject) -> None:
        text = data.draw(printed(tree))
        wanted = [person["Id"] for person in people if tree.holds(person)]
        with inputs.one():
            assert as_alice.found(text) == wanted, text

    check()


WORDS = (
    "Balance",
    "'First name'",
    "eq",
    "ne",
    "gt",
    "and",
    "or",
    "not",
    "NULL",
    "substringof",
    "(",
    ")",
    ",",
    "'",
    "‘",
    '"',
    "5",
    "x",
    ".Id",
    "2024-01-01",
    "\n",
)


def test_garbage_is_answered_and_never_crashes(
    as_alice: Caller, people: "list[Any]", inputs: Inputs
) -> None:
    garbage = st.one_of(
        st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
        st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    )

    @CALMLY
    @given(text=garbage)
    def check(text: str) -> None:
        with inputs.one():
            answer = as_alice.get("/contacts", **{"$filter": text, "$count": "true"})
            assert answer.status_code in (200, 400), text
            assert answer.headers["Content-Type"].startswith("application/json")

    check()
