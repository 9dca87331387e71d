"""Requests as an attacker or a broken program sends them, made from requests that are right.

Every value of a request (a part of its path, a parameter, a field of a form, any leaf or branch of
its JSON) is put out for each of the values below; whole bodies and headers are put out too.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from tests.trust.rows.probe import FORM, JSON, Probe

DEEP = 20_000
LONG = 200_000

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1f\x7f\x85\u2028",
    "0",
    "-1",
    "1e400",
    "NaN",
    "Infinity",
    "9" * 30,
    "-9223372036854775809",
    "9223372036854775807",
    "0x10",
    "١٢٣",
    "1.5",
    "1,2",
    "true",
    "null",
    "undefined",
    "[]",
    "{}",
    "[" * 600,
    "(" * 600,
    "' OR '1'='1",
    "'; DROP TABLE contacts_contact; --",
    "x') UNION SELECT password FROM contacts_user --",
    '"><script>alert(1)</script>',
    "{{7*7}}${7*7}<%= 7*7 %>",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "C:\\nul",
    "%",
    "%00",
    "%s%n%x",
    "_%_",
    "*",
    "\\",
    "😀👩‍👩‍👧‍👦",
    "\u202etxt.exe\u2066",
    "e\u0301\u0327" * 50,
    "\ufdfa" * 40,
    "İıſKÅ",
    "\r\nSet-Cookie: hostile=1",
    "2026-02-30",
    "0000-00-00",
    "99999-12-31T25:61:61+99:99",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "a" * LONG,
    "\ud800",
)

# Leaves and branches of JSON, besides the texts.
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    -(10**400),
    1.5,
    1e308,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": None},
    {"id": {"id": []}},
    [1, "a", None, {}],
    {"a": "b"},
    ["a"] * 3_000,
)

BODIES: tuple[tuple[str, bytes], ...] = (
    (JSON, b""),
    (JSON, b"null"),
    (JSON, b"[]"),
    (JSON, b'"text"'),
    (JSON, b"{"),
    (JSON, b'{"a":1}{"b":2}'),
    (JSON, b'{"a":\xff\xfe}'),
    (JSON, b'{"a":"\xc3\x28"}'),
    (JSON, b"\xef\xbb\xbf{}"),
    (JSON, b"[" * DEEP),
    (JSON, b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    (JSON, b'{"a":NaN,"b":Infinity}'),
    (JSON, b'{"a":1,"a":2}'),
    (JSON, b'{"__proto__":{"x":1},"constructor":1}'),
    (JSON, b"9" * 6_000),
    ("application/json; charset=utf-16", "{}".encode("utf-16")),
    ("application/json; charset=no-such-thing", b"{}"),
    ("application/json; charset=a b", b"{}"),
    ("application/xml", b""),
    ("application/xml", b"<contact>"),
    ("application/xml", b"<contact/>"),
    ("application/xml", b"<contact><contact/></contact>"),
    ("application/xml", b"<a>" * DEEP),
    (
        "application/xml",
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><contact>&b;</contact>',
    ),
    (
        "application/xml",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<contact><first_name>&x;</first_name></contact>",
    ),
    ("application/xml", b'<?xml version="1.0" encoding="no-such-thing"?><contact/>'),
    ("application/xml", b"<contact>\x00\xff</contact>"),
    (FORM, b"a" + b"[b]" * 5_000 + b"=1"),
    (FORM, b"a[=1&a]=2&[]=3&a[b]=1&a=2&a[]=3"),
    (FORM, b"%=%&%zz=%zz&%ff=%ff&=&&&"),
    (FORM, b"&".join(b"a%d=1" % number for number in range(12_000))),
    (FORM, b"contact[emails][]=&contact[emails][0][x]=1&contact=1"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b""),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../x\x00.php"\r\n'
        b"Content-Type: image/svg+xml\r\n\r\n<svg onload=alert(1)>\r\n--x--\r\n",
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
    ("application/octet-stream", b"\x00\xff" * 100),
    ("text/plain", b"hello"),
    ("", b"hello"),
    ("a/b/c;;;=", b"{}"),
)

HEADERS: tuple[tuple[str, str], ...] = (
    ("Accept", "text/html"),
    ("Accept", "*/*;q=nonsense, ;;,/"),
    ("Accept", "application/json;q=0.1," * 3_000),
    ("Accept-Language", "../..;q=9,\xff, x-" + "a" * 3_000),
    ("Accept-Encoding", "gzip;q=-1, ;"),
    ("Authorization", "Basic " + "=" * 50),
    ("Authorization", "Basic /////w=="),
    ("Authorization", "Bearer " + "a" * 20_000),
    ("Authorization", "Bearer \u00e9"),
    ("Authorization", "Negotiate"),
    ("Cookie", "sessionid=" + "x" * 5_000 + "; csrftoken=\x01; =;;"),
    ("Content-Encoding", "gzip"),
    ("X-HTTP-Method-Override", "DELETE\r\nX: y"),
    ("X-Forwarded-For", "'; --, ::::, 1.2.3.4.5"),
    ("X-Request-Id", "a\r\nb" * 100),
    ("Idempotency-Key", "k" * 5_000),
    ("Idempotency-Key", "\x01\xff"),
    ("If-Match", '"' * 400),
    ("If-Match", 'W/"x", *'),
    ("If-None-Match", "*"),
    ("If-Modified-Since", "yesterday"),
    ("If-Unmodified-Since", "Thu, 99 Foo 99999 99:99:99 GMT"),
    ("Range", "bytes=9-1,-0"),
    ("Referer", "javascript:alert(1)"),
    ("Origin", "null"),
    ("User-Agent", "\xff" * 2_000),
    ("X-Redmine-Switch-User", "admin' --"),
    ("X-Civi-Auth", "Bearer \x01"),
    ("X-Requested-With", "XMLHttpRequest"),
)


@dataclass(frozen=True)
class Hostile:
    """One request; `why` says in a few words what is wrong with it."""

    why: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what a person needs to send it again."""
        told = ", ".join(f"{name}: {value!r:.60}" for name, value in self.headers.items())
        return f"{self.why}: {self.method} {self.path:.400} {self.body[:300]!r} {told}"


def variants(probe: Probe, path: str, body: str) -> Iterator[Hostile]:
    """Yield every hostile variant of a request that is right."""
    plain = Hostile("", probe.method, path, body.encode(), probe.content_type)
    yield from _paths(plain)
    yield from _parameters(plain)
    if probe.content_type == FORM:
        yield from _fields(plain)
    elif body:
        yield from _documents(plain)
    if probe.is_writing:
        for content_type, raw in BODIES:
            yield replace(plain, why="body", body=raw, content_type=content_type)
    for name, value in HEADERS:
        yield replace(plain, why="header", headers={name: value})


def _paths(plain: Hostile) -> Iterator[Hostile]:
    address, mark, query = plain.path.partition("?")
    parts = address.split("/")
    for place, part in enumerate(parts):
        stem, dot, ending = part.partition(".")
        if not stem.isdigit():
            continue
        for text in TEXTS:
            changed = [*parts[:place], _quoted(text[:2_000]) + dot + ending, *parts[place + 1 :]]
            yield replace(plain, why="path", path="/".join(changed) + mark + query)


def _parameters(plain: Hostile) -> Iterator[Hostile]:
    address, _, query = plain.path.partition("?")
    for why, text in _pairs(query):
        yield replace(plain, why=f"parameter {why}", path=f"{address}?{text}")


def _fields(plain: Hostile) -> Iterator[Hostile]:
    for why, text in _pairs(plain.body.decode()):
        yield replace(plain, why=f"field {why}", body=text.encode())


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield query strings or forms with one value put out, or one name bent."""
    pairs = parse_qsl(query, keep_blank_values=True)
    for place, (name, value) in enumerate(pairs):
        before, after = pairs[:place], pairs[place + 1 :]
        for text in (*TEXTS, *_nested(value)):
            yield name, _encoded([*before, (name, text), *after])
        for bent in (f"{name}[]", f"{name}[a][b]", f"{name}[", f"{name}\x00", f"{name}[0][]"):
            yield f"{name} as {bent!r}", _encoded([*before, (bent, value), *after])
        yield f"{name} twice", _encoded([*before, (name, value), (name, "x"), *after])
        yield f"no {name}", _encoded([*before, *after])


def _nested(value: str) -> Iterator[str]:
    """Yield variants of a value that is itself JSON."""
    if value[:1] not in ("{", "["):
        return
    try:
        document = json.loads(value)
    except ValueError:
        return
    for changed in documents(document):
        yield json.dumps(changed)
    for content_type, raw in BODIES:
        if content_type == JSON:
            yield raw.decode("utf-8", "surrogateescape")


def _documents(plain: Hostile) -> Iterator[Hostile]:
    for changed in documents(json.loads(plain.body)):
        text = json.dumps(changed)
        yield replace(plain, why="document", body=text.encode())


def documents(document: Any) -> Iterator[Any]:  # any JSON
    """Yield copies of a document with one leaf or branch put out."""
    yield from VALUES
    yield from TEXTS
    if isinstance(document, dict):
        for key, value in document.items():
            for changed in documents(value):
                yield {**document, key: changed}
        yield {**document, "a\x00": "b", "__class__": {}, "": [], "x" * 5_000: 1}
    elif isinstance(document, list):
        for place, value in enumerate(document):
            for changed in documents(value):
                yield [*document[:place], changed, *document[place + 1 :]]


def _encoded(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
