"""Take documents apart: their tables, headings, links and examples."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Example:
    """A block of code in a document."""

    document: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def name_of(document: Path) -> str:
    """Return the path of a document as people write it."""
    return str(document.relative_to(ROOT))


def text_of(document: str) -> str:
    """Return the text of a document."""
    return (ROOT / document).read_text()


def prose_of(text: str) -> str:
    """Return a text without its blocks of code."""
    return _FENCE.sub("", text)


def examples_of(document: str) -> list[Example]:
    """Return the blocks of code in a document."""
    text = text_of(document)
    return [
        Example(document, text.count("\n", 0, found.start()) + 1, found[1], found[2])
        for found in _FENCE.finditer(text)
    ]


def headings_of(document: str) -> list[str]:
    """Return the headings of a document."""
    return [found[2] for found in _HEADING.finditer(prose_of(text_of(document)))]


def anchors_of(document: str) -> set[str]:
    """Return the names by which links reach the headings, as hosts of repositories make them."""
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings_of(document))
    return {heading.replace(" ", "-") for heading in kept}


def section_of(document: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of the same depth."""
    text = text_of(document)
    start = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    assert start, f"{document} has no section {heading!r}"
    end = re.search(rf"^#{{1,{len(start[1])}}} ", text[start.end() :], re.MULTILINE)
    return text[start.end() : start.end() + end.start()] if end else text[start.end() :]


def rows_of(text: str) -> list[list[str]]:
    """Return the cells of all rows of tables in a text, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = []
    for place, line in enumerate(lines):
        is_rule = set(line) <= set("|-: ")
        is_head = place + 1 < len(lines) and set(lines[place + 1]) <= set("|-: ")
        if not is_rule and not is_head:
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            rows.append([cell.strip() for cell in cells])
    return rows


def links_of(document: str) -> list[str]:
    """Return where the links of a document lead."""
    return _LINK.findall(prose_of(text_of(document)))
