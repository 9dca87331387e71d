"""Cards are written as the library that reads them would write them, in shorter lines."""

from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from contacts.transfer.writing_cards import LONGEST_LINE, card_of

# What a contact's texts may hold: stored ones are stripped, and have no control characters but
# the ends of lines.
TEXTS = st.text(
    st.one_of(
        st.sampled_from(",;:\\\"'\nяß😀 "), st.characters(codec="utf-8", exclude_categories=["C"])
    ),
    min_size=1,
    max_size=120,
)


@given(TEXTS, TEXTS)
def test_texts_come_back_whatever_they_hold(text: str, other: str) -> None:
    record: dict[str, Any] = {
        "first_name": f"a{text}z",
        "last_name": f"a{other}z",
        "job_title": f"a{other}z",
        "background": f"a{text}z",
        "emails": [{"address": f"a{text}z"}, {"address": f"a{other}z"}],
        "addresses": [{"street1": f"a{text}z", "city": f"a{other}z"}],
        "tags": [f"a{text}z", f"a{other}z"],
    }
    card = card_of(record)
    lines = card.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    found = vobject.readOne(card)
    assert (found.n.value.given, found.n.value.family) == (f"a{text}z", f"a{other}z")
    assert (found.title.value, found.note.value) == (f"a{other}z", f"a{text}z")
    assert [each.value for each in found.email_list] == [f"a{text}z", f"a{other}z"]
    assert (found.adr.value.street, found.adr.value.city) == (f"a{text}z", f"a{other}z")
    assert found.categories.value == [f"a{text}z", f"a{other}z"]


def test_a_kind_with_quotes_in_its_name_ends_no_export() -> None:
    """The library refused to write such a card, and with it the file."""
    card = card_of({"first_name": "Ann", "phones": [{"number": "1", "type": 'my "own", phone'}]})
    assert vobject.readOne(card).tel.params == {"TYPE": ["my  own , phone"]}
