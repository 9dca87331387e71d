"""Turn bytes into text by the name of a character set.

Only the encodings of web forms are known by name. Python has many more codecs, some of them slow
on hostile input (punycode), some no character sets at all (unicode_escape).
"""

import codecs
import re

from api.wire.errors import MalformedError

UTF_8 = "utf-8"

_ALLOWED = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d{1,2}|cp125[0-8]|cp866|koi8-[ru]|"
    r"shift_jis|cp932|euc_jp|iso2022_jp|gbk|gb2312|gb18030|big5|euc_kr|mac-cyrillic"
)
_MAX_LABEL = 40


def codec_named(label: str) -> str:
    """Return Python's name for a character set, or refuse one that web forms do not use."""
    label = label.strip().strip("\"'").lower()
    if not label or len(label) > _MAX_LABEL or not label.isascii():
        raise MalformedError("unknown character set")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        raise MalformedError("unknown character set") from None
    if not _ALLOWED.fullmatch(name):
        raise MalformedError("unknown character set")
    return name


def text_of(raw: bytes, codec: str = UTF_8) -> str:
    """Decode strictly: a byte that does not fit is refused, never replaced or dropped."""
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        raise MalformedError(f"not valid {codec}", error.start) from None
