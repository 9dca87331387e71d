"""Every link in the documents leads somewhere, to a heading too, and every document is reached."""

from pathlib import Path

import pytest

from tests.documents import DOCUMENTS, ROOT, anchors_of, links_of, name_of

NAMES = [name_of(document) for document in DOCUMENTS]
FOREIGN = ("https://", "http://", "mailto:")


def goals_of(document: str) -> list[tuple[str, str]]:
    """Return the document or folder and the heading of every link that stays here."""
    here = ROOT / document
    goals = []
    for link in links_of(document):
        if not link.startswith(FOREIGN):
            path, _, anchor = link.partition("#")
            goal = (here.parent / path).resolve() if path else here
            goals.append((str(goal.relative_to(ROOT)), anchor))
    return goals


@pytest.mark.parametrize("document", NAMES)
def test_links_lead_to_files_and_headings(document: str) -> None:
    dead = [
        f"{path}#{anchor}"
        for path, anchor in goals_of(document)
        if not (ROOT / path).exists() or (anchor and anchor not in anchors_of(path))
    ]

    assert dead == []


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set[str](), ["README.md"]
    while waiting:
        document = waiting.pop()
        if document not in reached:
            reached.add(document)
            found = {path for path, _ in goals_of(document) if Path(path).suffix == ".md"}
            waiting += sorted(found)

    assert [name for name in NAMES if name not in reached] == []
