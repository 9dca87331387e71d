"""Find the end of quoted text, whichever marks the client's keyboard made of the quotes."""

import re

SINGLE = "'"
TYPOGRAPHIC_SINGLE = "\u2018\u2019\u201a\u201b\u2032"
DOUBLE = '"'
TYPOGRAPHIC_DOUBLE = "\u201c\u201d\u201e"

# Which marks close what a mark has opened.
CLOSING = {
    SINGLE: SINGLE,
    **dict.fromkeys(TYPOGRAPHIC_SINGLE, TYPOGRAPHIC_SINGLE + SINGLE),
    DOUBLE: DOUBLE,
    **dict.fromkeys(TYPOGRAPHIC_DOUBLE, TYPOGRAPHIC_DOUBLE + DOUBLE),
}
QUOTES = "".join(CLOSING)


def quoted(text: str, start: int, following: re.Pattern[str]) -> tuple[str, int] | None:
    """Return the text between the quotes that begin at `start` and the place behind them.

    A mark closes only where `following` matches behind it, so an apostrophe inside a word does not;
    a doubled mark is one apostrophe. None for a quote that never closes.
    """
    closing = CLOSING[text[start]]
    found: list[str] = []
    place = start + 1
    while place < len(text):
        char = text[place]
        if char not in closing:
            found.append(char)
        elif following.match(text, place + 1):
            return "".join(found), place + 1
        elif text[place + 1 : place + 2] == char:
            found.append(char)
            place += 1
        else:
            found.append(char)
        place += 1
    return None
