"""Turn text into what is stored and into the keys by which it is compared.

Both databases compare the keys byte by byte; all folding happens here, once.
"""

import re
import unicodedata

import phonenumbers

KEY_LENGTH = 255

_BLANKS = re.compile(r"\s+")
_NOT_DIGITS = re.compile(r"\D+")


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, without NUL bytes."""
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


def fold(text: str) -> str:
    """Return the comparison key of a text: no case, no accents, single blanks."""
    if text.isascii():
        return _BLANKS.sub(" ", text.casefold()).strip()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Folding may compose again ("ß" to "ss" is plain, but some folds yield composed letters).
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", bare.casefold())).strip()


def key_of(text: str) -> str:
    """Return the comparison key, shortened to what an index entry holds."""
    return fold(text)[:KEY_LENGTH]


def digits_of(number: str) -> str:
    """Return the digits of a phone number."""
    return _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", number))


def e164_of(number: str, region: str | None = None) -> str:
    """Return the E.164 form of a phone number, or "" where it does not parse."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return written if len(written) <= 20 else ""


def words_of(text: str) -> list[str]:
    """Return the folded words of a search."""
    return fold(text).split()
