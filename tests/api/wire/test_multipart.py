"""Multipart bodies: order, files, character sets, hostile input."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.errors import LimitError, MalformedError
from api.wire.multipart import FilePart, boundary_of, header_parameters, read_parts

BOUNDARY = b"XyZ"


def body(*parts: tuple[bytes, bytes], end: bytes = b"--XyZ--\r\n") -> bytes:
    return (
        b"".join(b"--XyZ\r\n" + head + b"\r\n\r\n" + text + b"\r\n" for head, text in parts) + end
    )


def named(name: str, extra: str = "") -> bytes:
    return f'Content-Disposition: form-data; name="{name}"{extra}'.encode()


def test_fields_and_files_come_in_the_order_of_the_request() -> None:
    raw = body(
        (named("b"), b"1"),
        (
            named("f", '; filename="C:\\\\pics\\\\a.png"') + b"\r\nContent-Type: image/png",
            b"\x89PNG\r\n\0",
        ),
        (named("a"), "Имя\r\nline".encode()),
        (named("b"), b"2"),
    )
    assert read_parts(raw, BOUNDARY) == [
        ("b", "1"),
        ("f", FilePart("a.png", "image/png", b"\x89PNG\r\n\0")),
        ("a", "Имя\r\nline"),
        ("b", "2"),
    ]


def test_boundary_is_read_from_the_header_quoted_or_not() -> None:
    assert boundary_of("multipart/form-data; boundary=abc") == b"abc"
    assert boundary_of('multipart/form-data; charset=utf-8; Boundary="a b"') == b"a b"


@pytest.mark.parametrize(
    "header", ["multipart/form-data", "multipart/form-data; boundary=", "x; boundary=" + "y" * 201]
)
def test_a_missing_or_absurd_boundary_is_refused(header: str) -> None:
    with pytest.raises(MalformedError):
        boundary_of(header)


def test_bare_line_feeds_of_hand_written_clients_are_read() -> None:
    raw = b'--XyZ\nContent-Disposition: form-data; name="a"\n\nvalue\n--XyZ--'
    assert read_parts(raw, BOUNDARY) == [("a", "value")]


def test_boundary_text_inside_a_value_does_not_end_the_part() -> None:
    raw = body((named("a"), b"x--XyZ y\r\n--XyZebra"))
    assert read_parts(raw, BOUNDARY) == [("a", "x--XyZ y\r\n--XyZebra")]


def test_preamble_and_epilogue_are_ignored() -> None:
    raw = b"hello\r\n" + body((named("a"), b"1")) + b"bye"
    assert read_parts(raw, BOUNDARY) == [("a", "1")]


def test_empty_form_and_empty_value() -> None:
    assert read_parts(b"--XyZ--", BOUNDARY) == []
    assert read_parts(body((named("a"), b"")), BOUNDARY) == [("a", "")]


def test_cyrillic_file_names_survive_plain_and_extended() -> None:
    plain = named("f", '; filename="отчёт…х.txt"')
    extended = named("f", "; filename=\"x.txt\"; filename*=UTF-8''%D0%BE.txt")
    found = read_parts(body((plain, b""), (extended, b"")), BOUNDARY)
    assert [part.filename for _, part in found] == ["отчёт…х.txt", "о.txt"]


def test_quotes_in_names_are_read_in_both_spellings() -> None:
    found = read_parts(body((named("a%22b"), b"1"), (named('a\\"b'), b"2")), BOUNDARY)
    assert [name for name, _ in found] == ['a"b', 'a"b']


def test_charset_field_and_charset_of_a_part() -> None:
    raw = body(
        (named("_charset_"), b"windows-1251"),
        (named("a"), "Пётр".encode("cp1251")),
        (named("b") + b"\r\nContent-Type: text/plain; charset=utf-8", "Пётр".encode()),
    )
    assert read_parts(raw, BOUNDARY)[1:] == [("a", "Пётр"), ("b", "Пётр")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no boundary at all",
        body((named("a"), b"1"), end=b""),
        b"--XyZ\r\n--XyZ--",
        b"--XyZ\r\n\r\nno headers\r\n--XyZ--",
        body((b"Content-Disposition: form-data", b"1")),
        body((b'Content-Disposition: attachment; name="a"', b"1")),
        body((named("a") + b"\r\nContent-Transfer-Encoding: base64", b"MQ==")),
        body((named("a"), b"\xc3\x28")),
        body((named("a"), b"\0")),
        body((named("a", "; filename*=evil''x"), b"1")),
        b"--XyZ\r\n" + b"X: " + b"y" * 20_000 + b"\r\n\r\n1\r\n--XyZ--",
    ],
)
def test_broken_bodies_are_refused(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        read_parts(raw, BOUNDARY)


def test_nul_in_text_can_be_taken_out() -> None:
    assert read_parts(body((named("a"), b"x\0y")), BOUNDARY, drop_nul=True) == [("a", "xy")]


def test_number_of_parts_is_bounded() -> None:
    raw = body(*[(named("a"), b"1")] * 11)
    with pytest.raises(LimitError):
        read_parts(raw, BOUNDARY, max_parts=10)


@pytest.mark.parametrize("noise", [b"--XyZ", b"\n--XyZ", b"--XyZ\r", b"\n--XyZ-- x"])
def test_megabytes_of_almost_boundaries_are_refused_quickly(noise: bytes) -> None:
    started = time.process_time()
    with pytest.raises((MalformedError, LimitError)):
        read_parts(noise * 400_000, BOUNDARY)
    assert time.process_time() - started < 3


@given(st.binary())
def test_any_bytes_of_a_file_survive(content: bytes) -> None:
    raw = body((named("f", '; filename="x"'), content))
    if b"--XyZ" not in content:
        assert read_parts(raw, BOUNDARY) == [("f", FilePart("x", "", content))]


@given(
    st.binary(), st.lists(st.sampled_from([b"--XyZ", b"\r\n", b"--", named("a"), b"\n\n", b'"']))
)
def test_garbage_is_refused_or_read_but_never_breaks_the_reader(
    noise: bytes, pieces: list[bytes]
) -> None:
    with suppress(MalformedError, LimitError):
        read_parts(b"".join(pieces) + noise, BOUNDARY)


def test_header_parameters_take_the_first_of_a_name() -> None:
    assert header_parameters('form-data; name="a"; NAME=b; x = y') == {"name": "a", "x": "y"}
