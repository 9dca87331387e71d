"""Read ``multipart/form-data`` bodies, keeping the order of the parts.

Order carries meaning in bracketed names (see ``nested_params``), and Django's parser keeps fields
and files in separate dictionaries. Bodies are whole in memory here: the server limits their size
before anybody reads them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from api.wire.charsets import UTF_8, codec_named, text_of
from api.wire.errors import LimitError, MalformedError

MAX_PARTS = 2_000
MAX_HEADER_BYTES = 16_384
MAX_BOUNDARY = 200

_PARAMETER = re.compile(r';\s*([\w!#$%&\'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;"\s]*)', re.ASCII)
_PLAIN_ENCODINGS = frozenset({"", "7bit", "8bit", "binary"})


@dataclass(frozen=True)
class FilePart:
    """A file as it was sent: nothing about it is to be believed."""

    filename: str
    content_type: str
    content: bytes


Parts = list[tuple[str, str | FilePart]]


def boundary_of(content_type: str) -> bytes:
    """Return the boundary that a ``Content-Type`` header names."""
    boundary = header_parameters(content_type).get("boundary", "")
    if not boundary or len(boundary) > MAX_BOUNDARY or not boundary.isascii():
        raise MalformedError("multipart body without a usable boundary")
    return boundary.encode()


def read_parts(
    raw: bytes,
    boundary: bytes,
    *,
    charset: str = UTF_8,
    max_parts: int = MAX_PARTS,
    drop_nul: bool = False,
) -> Parts:
    """Return the (name, text or file) pairs of the body in their order.

    A part with a file name is a file, any other is text. A field ``_charset_`` names the character
    set of all text parts that do not name their own. NUL characters in text are refused, or taken
    out with ``drop_nul``.
    """
    found = [_part(piece) for piece in _pieces(raw, boundary, max_parts)]
    codec = codec_named(_charset_field(found) or charset)
    return [(part.text(part.name, codec, drop_nul), part.value(codec, drop_nul)) for part in found]


def header_parameters(header: str) -> dict[str, str]:
    """Return the parameters after the first ``;`` of a header, names in lower case."""
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(header):
        if value.startswith('"'):
            # Browsers write %22 for a quote; curl and mail programs write a backslash before it.
            value = re.sub(r'\\(["\\])', r"\1", value[1:-1])
        found.setdefault(name.lower(), value)
    return found


@dataclass(frozen=True)
class _RawPart:
    name: bytes
    filename: str | None
    content_type: str
    content: bytes

    def value(self, codec: str, drop_nul: bool) -> str | FilePart:
        if self.filename is not None:
            return FilePart(self.filename, self.content_type, self.content)
        own = header_parameters(self.content_type).get("charset")
        return self.text(self.content, codec_named(own) if own else codec, drop_nul)

    @staticmethod
    def text(raw: bytes, codec: str, drop_nul: bool) -> str:
        text = text_of(raw, codec)
        if "\0" in text and not drop_nul:
            raise MalformedError("a NUL character")
        return text.replace("\0", "")


def _pieces(raw: bytes, boundary: bytes, max_parts: int) -> Iterator[bytes]:
    """Yield the bytes between the delimiter lines."""
    delimiter = b"--" + boundary
    start: int | None = None
    count = 0
    position = raw.find(delimiter)
    while position >= 0:
        after = position + len(delimiter)
        closing = raw[after : after + 2] == b"--"
        line_end = _end_of_line(raw, after + 2 * closing)
        if line_end is not None and (position == 0 or raw[position - 1] == 0x0A):
            if start is not None:
                count += 1
                if count > max_parts:
                    raise LimitError("parts", max_parts)
                yield _without_line_end(raw[start:position])
            if closing:
                return
            start = line_end
        position = raw.find(delimiter, after)
    raise MalformedError("multipart body without its closing boundary", len(raw))


def _end_of_line(raw: bytes, position: int) -> int | None:
    """Return where the next line begins if nothing but blanks is left on this one."""
    window = raw[position : position + MAX_BOUNDARY]
    line, newline, _ = window.partition(b"\n")
    if line.strip(b" \t\r") or (not newline and len(window) == MAX_BOUNDARY):
        return None
    return position + len(line) + len(newline)


def _without_line_end(piece: bytes) -> bytes:
    return piece[:-2] if piece.endswith(b"\r\n") else piece[:-1]


def _part(piece: bytes) -> _RawPart:
    headers, content = _headers_and_content(piece)
    disposition = headers.get("content-disposition", "")
    encoding = headers.get("content-transfer-encoding", "").strip().lower()
    if not disposition.lower().startswith("form-data"):
        raise MalformedError("a part that is no form field")
    if encoding not in _PLAIN_ENCODINGS:
        # Forbidden since RFC 7578, and stored undecoded the file would be silently wrong.
        raise MalformedError("a part with a transfer encoding")
    parameters = header_parameters(disposition)
    if "name" not in parameters:
        raise MalformedError("a part without a name")
    return _RawPart(
        name=_raw(parameters["name"]),
        filename=_filename(parameters),
        content_type=headers.get("content-type", ""),
        content=content,
    )


def _headers_and_content(piece: bytes) -> tuple[dict[str, str], bytes]:
    head, separator, content = piece[: MAX_HEADER_BYTES + 4].partition(b"\r\n\r\n")
    if separator:
        content = piece[len(head) + 4 :]
    elif piece.startswith((b"\r\n", b"\n")) or len(piece) > MAX_HEADER_BYTES:
        raise MalformedError("a part without its headers")
    else:
        # Some hand-written clients end lines with a bare line feed.
        head, separator, content = piece.partition(b"\n\n")
        if not separator:
            raise MalformedError("a part without its headers")
    # Latin-1 keeps every byte, so that names can be decoded by the charset found later.
    unfolded = re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1"))
    # Not splitlines(), which would also split at bytes inside UTF-8 letters.
    pairs = (line.partition(":") for line in unfolded.split("\n"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs}, content


def _filename(parameters: dict[str, str]) -> str | None:
    """Return the bare file name, or None for a text field.

    Old browsers send the whole path; what follows the last slash or backslash is the name.
    """
    extended = parameters.get("filename*")
    if extended is not None:
        charset, _, quoted = extended.partition("'")
        text = text_of(unquote_to_bytes(quoted.partition("'")[2]), codec_named(charset))
    elif "filename" in parameters:
        text = text_of(_raw(parameters["filename"]).replace(b"%22", b'"'))
    else:
        return None
    return re.split(r"[/\\]", text.replace("\0", ""))[-1]


def _raw(text: str) -> bytes:
    return text.encode("latin-1").replace(b"%22", b'"')


def _charset_field(parts: list[_RawPart]) -> str | None:
    for part in parts:
        if part.name == b"_charset_" and part.filename is None and len(part.content) < MAX_BOUNDARY:
            return text_of(part.content, "ascii")
    return None
