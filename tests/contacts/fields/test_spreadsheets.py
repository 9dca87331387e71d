"""Cells of tables: nothing that people write is run by a spreadsheet, and nothing is lost."""

import pytest

from contacts.fields.spreadsheets import as_cell, of_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", " =1", "\t=1", "+cmd|' /C calc'!A0", "-2+3+cmd", "\r=1", "\n=1", "'=1"],
)
def test_what_would_run_is_shown_as_text_and_read_back(text: str) -> None:
    cell = as_cell(text)

    assert cell == f"'{text}"
    assert of_cell(cell) == text


@pytest.mark.parametrize("text", ["", "Ann", "+49 30 (123) 45-67", "-12.5", "'tis", "a=b", "'"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert as_cell(text) == text
    assert of_cell(text) == text
