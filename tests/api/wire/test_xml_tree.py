"""XML into hashes, and what is refused."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.errors import LimitError, MalformedError, WireError
from api.wire.xml_text import element, text_element
from api.wire.xml_tree import XmlValue, read_xml


def value_of(inner: str) -> XmlValue:
    return read_xml(f"<r>{inner}</r>".encode())["r"]


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        ("<first-name>Ann</first-name>", {"first_name": "Ann"}),
        ('<a some-key="1"/>', {"a": {"some_key": "1"}}),
        ('<f id="1"><value>x</value></f>', {"f": {"id": "1", "value": "x"}}),
        ("<f><id>1</id><value>x</value></f>", {"f": {"id": "1", "value": "x"}}),
        ("<a/>", {"a": None}),
        ("<a></a>", {"a": None}),
        ("<a>  </a>", {"a": None}),
        ('<a type="string"/>', {"a": ""}),
        ('<a nil="true"/>', {"a": None}),
        ('<a nil="true" type="integer">7</a>', {"a": None}),
        ('<a type="integer">7</a>', {"a": 7}),
        ('<a type="integer"> -7 </a>', {"a": -7}),
        ('<a type="integer">seven</a>', {"a": "seven"}),
        ('<a type="integer">+-7</a>', {"a": "+-7"}),
        ('<a type="float">1.5</a>', {"a": 1.5}),
        ('<a type="float">nan</a>', {"a": "nan"}),
        ('<a type="boolean">true</a><b type="boolean">0</b>', {"a": True, "b": False}),
        ('<a type="date">2026-01-31</a>', {"a": "2026-01-31"}),
        ("<a>1</a><a>2</a><b>3</b><a>4</a>", {"a": ["1", "2", "4"], "b": "3"}),
        ('<a type="array"><x>1</x><y>2</y></a>', {"a": ["1", "2"]}),
        ('<a type="array"><x>1</x></a>', {"a": ["1"]}),
        ('<a type="array"/>', {"a": []}),
        ('<a type="array"><i><id>1</id></i></a>', {"a": [{"id": "1"}]}),
        ("<a>1 &lt; 2 &#1078;</a>", {"a": "1 < 2 ж"}),
        ("<a><![CDATA[<b>]]></a>", {"a": "<b>"}),
        ("<a>line\nline</a>", {"a": "line\nline"}),
        ('<a xmlns="urn:x">1</a>', {"a": "1"}),
        ("<a>text<b>1</b></a>", {"a": "text"}),
    ],
)
def test_hash_of_elements(inner: str, value: object) -> None:
    assert value_of(inner) == value


def test_text_of_the_root_and_an_empty_root() -> None:
    assert read_xml(b"<r>x</r>") == {"r": "x"}
    assert read_xml(b"<r/>") == {"r": None}


def test_the_encoding_of_the_declaration_is_used() -> None:
    raw = '<?xml version="1.0" encoding="windows-1251"?><r>Пётр</r>'.encode("cp1251")
    assert read_xml(raw) == {"r": "Пётр"}
    assert read_xml('<?xml version="1.0" encoding="UTF-16"?><r>Ж</r>'.encode("utf-16")) == {
        "r": "Ж"
    }


BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><r>&b;</r>'
)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"text",
        b"<r>",
        b"<r><a></r>",
        b"<r/><r/>",
        b"<r>\0</r>",
        b"<r>\x01</r>",
        b"<r>\xff</r>",
        b"<r>&unknown;</r>",
        b'<?xml version="1.0" encoding="klingon"?><r/>',
        b"<!DOCTYPE r><r/>",
        b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>',
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        BOMB,
        b'<r type="yaml">--- 1</r>',
        b'<r><a type="Symbol">x</a></r>',
    ],
)
def test_broken_and_dangerous_documents_are_refused(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        read_xml(raw)


def test_depth_is_bounded_while_reading() -> None:
    assert read_xml(b"<a>" * 100 + b"</a>" * 100)
    with pytest.raises(LimitError):
        read_xml(b"<a>" * 101 + b"</a>" * 101)


def test_a_million_levels_are_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(LimitError):
        read_xml(b"<a>" * 1_000_000)
    assert time.process_time() - started < 1


def test_number_of_elements_is_bounded() -> None:
    with pytest.raises(LimitError):
        read_xml(b"<r>" + b"<a/>" * 10 + b"</r>", max_elements=10)


LEGAL = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
TREES = st.recursive(
    LEGAL.filter(str.strip),
    lambda inner: st.dictionaries(st.text("abcd_", min_size=1), inner, min_size=1),
    max_leaves=10,
)


def printed(name: str, tree: XmlValue) -> str:
    if isinstance(tree, str):
        return text_element(name, tree)
    return element(name, "".join(printed(key, inner) for key, inner in tree.items()))


@given(TREES)
def test_any_tree_survives_printing_and_reading(tree: XmlValue) -> None:
    assert read_xml(printed("r", tree).encode()) == {"r": tree}


@given(st.text("<>/ar='\"&;![CDATA]-? \n") | st.binary())
def test_garbage_is_refused_or_read_but_never_breaks_the_reader(noise: str | bytes) -> None:
    with suppress(WireError):
        read_xml(noise if isinstance(noise, bytes) else noise.encode())
