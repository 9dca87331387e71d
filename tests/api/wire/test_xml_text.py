"""Printing XML."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from api.wire import xml_text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_and_attributes_are_read_back_without_the_characters_xml_cannot_hold(
    value: str,
) -> None:
    root = ElementTree.fromstring(  # noqa: S314 -- our own output
        xml_text.element("r", xml_text.text_element("t", value), {"a": value})
    )
    legal = xml_text._ILLEGAL.sub("", value)
    assert root.findtext("t") == legal
    assert root.get("a") == legal


def test_a_lone_surrogate_is_dropped() -> None:
    assert xml_text.text("a\ud800b") == "ab"
    assert xml_text.attribute("a\ud800b") == "ab"


def test_empty_elements_are_closed_at_once() -> None:
    assert xml_text.text_element("a", None) == "<a/>"
    assert xml_text.text_element("a", "") == "<a/>"
    assert xml_text.element("a", attributes={"id": "1"}) == '<a id="1"/>'


def test_arrays_are_marked_as_rails_does() -> None:
    items = [xml_text.text_element("tag", "vip")]
    assert xml_text.array("tags", items) == '<tags type="array"><tag>vip</tag></tags>'
    assert xml_text.array("c", [], {"total_count": "0"}) == '<c type="array" total_count="0"></c>'


def test_any_key_becomes_a_legal_element_name() -> None:
    assert xml_text.element_name("first_name") == "first_name"
    assert xml_text.element_name("0") == "_0"
    assert xml_text.element_name("a b<") == "a_b_"
    assert xml_text.element_name("") == "_"
