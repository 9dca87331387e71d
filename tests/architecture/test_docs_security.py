"""Every promise of docs/security.md names the tests that show it, and these are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = re.findall(
    r"^(\d+)\. (.*?)(?=^\d+\. |\n\n)",
    TEXT.partition("## What is promised")[2],
    re.MULTILINE | re.DOTALL,
)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_there_are_promises() -> None:
    assert [int(number) for number, _text in PROMISES] == list(range(1, len(PROMISES) + 1))
    assert len(PROMISES) >= 12


@pytest.mark.parametrize("text", [text for _number, text in PROMISES])
def test_every_promise_names_tests_that_are_there(text: str) -> None:
    named = NAMED.findall(text)
    assert named, text
    missing = [f"{file}::{name}" for file, name in named if not is_there(ROOT / file, name)]
    assert missing == []


def is_there(file: Path, name: str) -> bool:
    """Tell whether a file has a test of this name; any test where none is named."""
    if not file.is_file():
        return False
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return name in functions if name else any(each.startswith("test_") for each in functions)
