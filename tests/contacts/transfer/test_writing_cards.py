"""Cards are written whatever a contact holds."""

import vobject

from contacts.transfer.vcards import card_of


def test_a_kind_with_quotes_in_its_name_ends_no_export() -> None:
    card = card_of({"first_name": "Ann", "phones": [{"number": "1", "type": 'my "own", phone'}]})
    assert vobject.readOne(card).tel.params == {"TYPE": ["my  own , phone"]}
