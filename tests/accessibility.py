"""Ask axe-core what a page does wrong against WCAG 2.2 A and AA."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browsing import unavailable

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parent / "browser" / "node" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# The browser's own evaluation is not bound by the page's policy; a script element would be.
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}`));
}"""


def findings(page: "Page") -> list[str]:
    """Return what axe-core finds on a page: rule and element."""
    if not AXE.exists():
        unavailable("axe-core is not installed. Run: make install-browser")
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def overflow(page: "Page") -> int:
    """Return by how many pixels a page is wider than its window."""
    page.wait_for_load_state()
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
