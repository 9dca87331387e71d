"""Texts as cells of a table that spreadsheets show as what they are."""

import re

# Spreadsheets take a cell that begins so for a formula; phones and negative numbers are none.
_FORMULA = re.compile(r"\s*[=@]|[\t\r\n]|\s*[+-](?![\d\s().,\-/]*$)")


def as_cell(text: str) -> str:
    """Return the text with a leading apostrophe where a spreadsheet would run it as a formula.

    So too where it has apostrophes of its own there, or one of them would get lost on the way back.
    """
    # Nothing that begins with a letter or digit is a formula; most do.
    return f"'{text}" if not text[:1].isalnum() and _FORMULA.match(text.lstrip("'")) else text


def of_cell(text: str) -> str:
    """Return the text that `as_cell` made a cell of."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text.lstrip("'")) else text
