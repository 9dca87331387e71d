"""Turn text into what is stored and into the keys by which it is compared.

Both databases compare the keys byte by byte; all folding happens here, once. Where a database has
to fold by itself (`contacts.fields.storage.lookups`) it is given the tables made here.
"""

import re
import sys
import unicodedata
from functools import cache, lru_cache

import phonenumbers

KEY_LENGTH = 255
# So many letters of a long text say where it stands in its order.
BEGINNING = 60

# What neither database stores: PostgreSQL has no NUL in text, and halves of surrogate pairs have no
# encoding at all. A form or a broken client can send both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_WORDS = re.compile(r"[^\W_]+")

# A phone number from its country code on; between the digits stands nothing that says anything.
_WRITTEN_OUT = re.compile(r"\+[1-9](?:[ ().-]{0,3}[0-9]){2,19}")
_NO_DIGITS = {code: None for code in range(128) if not chr(code).isdigit()}
# The digits that parsing takes for a number of a country.
SHORTEST_NATIONAL, LONGEST_NATIONAL = 2, 17
NEVER = r"(?!)"


def storable(text: str) -> str:
    """Return the text without the characters that no database takes."""
    # Nothing but NUL is unstorable among the first characters.
    return text.replace("\0", "") if text.isascii() else _UNSTORABLE.sub("", text)


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, without what cannot be stored."""
    if text.isascii():
        return text.replace("\0", "")
    return unicodedata.normalize("NFC", storable(text))


def fold(text: str) -> str:
    """Return the comparison key of a text: no case, no accents, single blanks."""
    return _folded(text) if len(text) <= KEY_LENGTH else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.replace("\0", "").casefold().split())
    decomposed = unicodedata.normalize("NFKD", storable(text))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Folding may compose again ("ß" to "ss" is plain, but some folds yield composed letters).
    return " ".join(unicodedata.normalize("NFKC", bare.casefold()).split())


# One text of a record is folded for its name, its order, its keys, its search text. Of a batch that
# is imported the first is folded again only when the last was.
_folded = lru_cache(maxsize=16_384)(_fold)


def key_of(text: str) -> str:
    """Return the comparison key, shortened to what an index entry holds."""
    folded = _folded(text) if len(text) <= KEY_LENGTH else _fold(text)
    return folded[:KEY_LENGTH]


def beginning_of(text: str) -> str:
    """Return the first letters of a long text, by which it is put in order."""
    return fold(text)[:BEGINNING]


@cache
def folding_tables() -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what `fold` does to single characters: from, to, and those that become several.

    Characters beyond the end of "to" are dropped, as SQL's `translate` does. Only characters that
    are left after decomposition are listed.
    """
    changed: list[tuple[str, str]] = []
    longer: list[tuple[str, str]] = []
    dropped: list[str] = []
    for char in map(chr, range(0x80, sys.maxunicode + 1)):
        folded = char.casefold()
        if unicodedata.combining(char):
            dropped.append(char)
        elif folded != char and unicodedata.normalize("NFKD", char) == char:
            (changed if len(folded) == 1 else longer).append((char, folded))
    capitals = [(chr(code), chr(code + 32)) for code in range(ord("A"), ord("Z") + 1)]
    pairs = capitals + changed
    listed = "".join(char for char, _folded in pairs) + "".join(dropped)
    return listed, "".join(folded for _char, folded in pairs), tuple(longer)


def longest_word(text: str) -> str:
    """Return the longest run of letters and digits of a text, folded; "" where it has none."""
    return max(_WORDS.findall(fold(text)), key=len, default="")


def digits_of(number: str) -> str:
    """Return the digits of a phone number, whatever the script, as 0 to 9."""
    if number.isascii():
        return number.translate(_NO_DIGITS)
    return "".join(
        str(unicodedata.decimal(char))
        for char in unicodedata.normalize("NFKC", number)
        if char.isdecimal()
    )


@lru_cache(maxsize=1_024)
def e164_of(number: str, region: str | None = None) -> str:
    """Return the E.164 form of a phone number, or "" where it does not parse."""
    written = _written_out(number)
    if not written:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            return ""
        written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return written if len(written) <= 20 else ""


def _written_out(number: str) -> str:
    """Return the E.164 form of a number that is nothing but its digits, with blanks between.

    Parsing looks for much else in a text, which takes six times as long. Returns "" for a number
    that has to be parsed.
    """
    if not _WRITTEN_OUT.fullmatch(number):
        return ""
    digits = digits_of(number)
    for length in range(1, 4):
        country_code, national = int(digits[:length]), digits[length:]
        if country_code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
            is_whole = SHORTEST_NATIONAL <= len(national) <= LONGEST_NATIONAL
            begins = _prefix_within(country_code).match(national)
            return f"+{digits}" if is_whole and not begins else ""
    return ""


@cache
def _prefix_within(country_code: int) -> re.Pattern[str]:
    """Return what is dialled before a number within a country, and is no part of the number."""
    region = phonenumbers.region_code_for_country_code(country_code)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(country_code, region)
    return re.compile((metadata and metadata.national_prefix_for_parsing) or NEVER)


def in_region(number: str, region: str) -> str:
    """Return a number of that country with its country code; any other number as it is written."""
    if e164_of(number):
        return number
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def spaced_number(number: str) -> str:
    """Return a phone number for reading: bare digits with a country code in their usual groups."""
    if not (number.startswith("+") and number[1:].isascii() and number[1:].isdigit()):
        return number
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def words_of(text: str) -> list[str]:
    """Return the folded words of a search."""
    return fold(text).split()
