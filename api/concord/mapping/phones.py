"""Write phones with this protocol's one axis of types, and read a list of them back.

The domain types a phone twice: by what it is (mobile, fax) and by where (work, home). Here there
is one word; what has none shows as ``other`` and keeps its finer type when it comes back.
"""

from collections.abc import Mapping

from django.conf import settings
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as COUNTRY_CODES

from api.concord.mapping.bodies import ARRAY, MOST_TEXT, Body
from contacts.fields import reference

Wire = dict[str, object]
Row = Mapping[str, object]

USUAL = "mobile"
EXAMPLE_CALLING_CODE = 994
# What each word sets; a number that is only moved to another word keeps nothing of the old one.
TYPES: Mapping[str, Mapping[str, object]] = {
    "mobile": {"type": "mobile", "location": None},
    "work": {"type": "phone", "location": "work"},
    "other": {"type": "phone", "location": "other"},
}


def to_wire(rows: object) -> list[Wire]:
    """Return the phones in their order."""
    listed = rows if isinstance(rows, list) else []
    return [{"id": row["id"], "number": row["number"], "type": word_of(row)} for row in listed]


def word_of(row: Row) -> str:
    """Return the word for a stored phone."""
    options = reference.options().by_id
    kind = options.get(row.get("type_id"))  # type: ignore[call-overload]  # an id or nothing
    place = options.get(row.get("location_id"))  # type: ignore[call-overload]  # the same
    if kind is not None and kind.name == "mobile":
        return "mobile"
    if (kind is None or kind.name == "phone") and place is not None and place.name == "work":
        return "work"
    return "other"


def from_wire(body: Body) -> list[tuple[str, str]] | None:
    """Return numbers with their words in order; None where nothing is said of phones."""
    if "phones" not in body.sent:
        return None
    value = body.sent["phones"]
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, str):
        value = value.split(",")
    if value is not None and not isinstance(value, list):
        body.reject("phones", ARRAY)
        return None
    found = []
    for place, item in enumerate(value or []):
        number, word = _read(item)
        sentence = _wrong_with(number)
        if sentence:
            body.reject(f"phones.{place}.number", sentence, label="Phone")
        elif number:
            found.append((number, word))
    return found


def _wrong_with(number: str) -> str:
    """Return what is wrong with a number, or ""."""
    if len(number) > MOST_TEXT:
        return f"The {{label}} field must not be greater than {MOST_TEXT} characters."
    if number and settings.CONCORD_PHONE_PREFIX_NEEDED and not _has_calling_code(number):
        return (
            "The {label} must start with valid country calling code, for example: "
            f"+{EXAMPLE_CALLING_CODE}"
        )
    return ""


def _has_calling_code(number: str) -> bool:
    digits = "".join(char for char in number[1:5] if char.isdigit())
    codes = (digits[:length] for length in range(1, len(digits) + 1))
    return number.startswith("+") and any(int(code) in COUNTRY_CODES for code in codes)


def _read(item: object) -> tuple[str, str]:
    if isinstance(item, Mapping):
        # Sent by clients of other versions for a number that is to go.
        if item.get("_delete") not in (None, False, 0, "0", "false"):
            return "", USUAL
        number, word = item.get("number"), str(item.get("type") or "")
    else:
        number, _, word = str("" if item is None else item).partition("|")
    text = "" if number is None or isinstance(number, Mapping | list) else str(number).strip()
    known = word.strip().lower()
    return text, known if known in TYPES else USUAL


def merged(stored: object, phones: list[tuple[str, str]]) -> list[dict[str, object]]:
    """Return the phones as the domain takes them; a number that is stored keeps its row."""
    left = list(stored) if isinstance(stored, list) else []
    items: list[dict[str, object]] = []
    for number, word in phones:
        row = next((row for row in left if row.get("number") == number), None)
        if row is None:
            items.append({"number": number, **TYPES[word]})
            continue
        left.remove(row)
        items.append({"id": row["id"], **({} if word_of(row) == word else TYPES[word])})
    return items
