"""Words of modules are told in another language."""

import pytest

from api.vtiger.modules import MODULES
from tests.dialects.vtiger.calling import Caller

pytestmark = pytest.mark.django_db


def told(who: Caller, texts: object, language: str = "ru_ru", module: str = "Contacts") -> object:
    sent = {"totranslate": texts, "language": language, "module": module}
    return who.post("gettranslation", **sent)


def test_values_of_an_object_are_translated(as_alice: Caller) -> None:
    assert told(as_alice, {"a": "First Name"}) == {"First Name": "Имя"}


def test_unknown_text_stays_as_it_is(as_alice: Caller) -> None:
    assert told(as_alice, ["Nobody knows this"]) == {"Nobody knows this": "Nobody knows this"}


@pytest.mark.parametrize("language", ["", "en_us", "xx_yy", "klingon", "../../etc"])
def test_unknown_language_is_english(language: str, as_alice: Caller) -> None:
    expected = {"SINGLE_Contacts": "Contact", "First Name": "First Name"}
    assert told(as_alice, list(expected), language) == expected


def test_names_of_all_modules_are_known_without_a_module(as_alice: Caller) -> None:
    keys = ["Accounts", "SINGLE_HelpDesk", "Potentials"]
    assert told(as_alice, keys, "en_us", "") == {
        "Accounts": "Organizations",
        "SINGLE_HelpDesk": "Ticket",
        "Potentials": "Opportunities",
    }
    assert told(as_alice, keys, "ru_ru", "")["SINGLE_HelpDesk"] == "Заявка"


@pytest.mark.parametrize("texts", ["", "nonsense", "12", "null", '"text"'])
def test_what_is_no_list_gives_nothing(texts: str, as_alice: Caller) -> None:
    assert told(as_alice, texts) == {}


@pytest.mark.parametrize("module", MODULES)
def test_every_label_has_its_russian(as_ada: Caller, module: str) -> None:
    described = as_ada.get("describe", elementType=module)
    labels = [field["label"] for field in described["fields"] if field["name"] != "id"]
    # What has no word of its own: an abbreviation.
    translated = told(as_ada, labels, module=module)
    assert [label for label in labels if translated[label] == label] == []
