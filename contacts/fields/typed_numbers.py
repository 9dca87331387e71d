"""Numbers as people type them: the way in which pages of their language show them."""

import re

from django.utils.formats import get_format

# Thousands apart, as pages write them in Russian and in English.
SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
SPACE = re.compile(r"[ \u00a0\u202f]")
WITH_COMMAS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)")


def plain_number(text: str) -> str:
    """Return a number that is written as pages write it as programs do; other text as it is."""
    number = text.strip()
    if SPACED.fullmatch(number):
        number = SPACE.sub("", number)
    if get_format("DECIMAL_SEPARATOR") == ",":
        return DECIMAL_COMMA.sub(r"\1.\2", number) if DECIMAL_COMMA.fullmatch(number) else number
    return number.replace(",", "") if WITH_COMMAS.fullmatch(number) else number
