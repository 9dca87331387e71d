"""What `make trust` runs: the promises, their suites, and the figure that each has to reach."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@dataclass(frozen=True)
class Suite:
    """A file of tests, the promise that it shows, and what its long version has to reach."""

    row: str
    reach: str
    file: str
    # Whether it is run a second time on a PostgreSQL of its own.
    on_both: bool = False

    @property
    def path(self) -> Path:
        """Return the file."""
        return ROOT / "tests" / self.file

    @property
    def names(self) -> str:
        """Return the words by which it is selected."""
        return f"{self.row} {self.file.removesuffix('.py')}".lower()


_GRAMMAR = "grammar fuzzing"
_INPUTS = "100,000 inputs a language (PostgreSQL 20,000), 0 differences, 0 crashes"
_CRASH = "crash test"
_BOUNDED = "all refused, memory bounded"

SUITES = (
    Suite(
        "permission matrix",
        "every address and operation, 0 leaks",
        "trust/test_permission_matrix.py",
    ),
    Suite("schema fuzzing", "every operation, 0 ≥ 500, 0 outside", "trust/test_schemas.py"),
    Suite(_GRAMMAR, _INPUTS, "dialects/redmineup/test_filter_trees.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "dialects/concord/test_search_trees.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "dialects/wildapricot/test_filter_trees.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "dialects/vtiger/test_query_properties.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "dialects/civicrm/test_language.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "dialects/civicrm/test_where_trees.py", on_both=True),
    Suite(_GRAMMAR, _INPUTS, "contacts/admin/test_finding_trees.py", on_both=True),
    Suite(_GRAMMAR, "0 differences", "contacts/query/test_search.py"),
    Suite(_CRASH, "100 kills, 0 lost, 0 twice", "trust/test_crashes.py"),
    Suite(f"{_CRASH} of import", "50 kills, every row once", "trust/test_import_crashes.py"),
    Suite(f"{_CRASH} of jobs", "50 kills, every step once", "contacts/jobs/test_killed_worker.py"),
    Suite(
        "concurrency",
        '0 lost updates, 0 "database is locked"',
        "trust/test_concurrency.py",
        on_both=True,
    ),
    Suite(
        "concurrency",
        "0 lost updates, stale If-Match 412, every dialect and the browser",
        "trust/test_concurrent_changes.py",
        on_both=True,
    ),
    Suite(
        "retries at once",
        "every creating operation of every dialect acts once",
        "trust/test_retries_at_once.py",
        on_both=True,
    ),
    Suite("soak", "0 ≥ 500, last quarter ≤ 1.05 × second", "trust/test_soak.py"),
    Suite("hostile input", _BOUNDED, "trust/test_hostile_input.py"),
    Suite("hostile input", _BOUNDED, "trust/test_hostile_forms.py"),
    Suite("hostile input", "0 answers of 500, 0 lead elsewhere", "trust/test_odd_requests.py"),
    Suite("hostile input", _BOUNDED, "trust/test_large_bodies.py"),
    Suite("hostile input", _BOUNDED, "contacts/transfer/test_hostile_files.py"),
    Suite(
        "PostgreSQL restart during load; database away",
        "errors only while it is away, all 503 with Retry-After, back without a restart",
        "trust/test_outages.py",
    ),
    Suite("secrets", "0 in log and database", "trust/test_secrets.py"),
    Suite("backup and restore", "every dialect identical", "trust/test_backup.py"),
    Suite("erasure", "nothing is left", "trust/test_erasure.py"),
)


def every_suite() -> list[Suite]:
    """Return the plan, and after it the suites of this folder that it does not know."""
    known = {suite.path for suite in SUITES}
    rest = sorted(set(HERE.glob("test_*.py")) - known)
    others = [Suite(_title(file), "holds", str(file.relative_to(ROOT / "tests"))) for file in rest]
    return [*SUITES, *others]


def _title(file: Path) -> str:
    return file.stem.removeprefix("test_").replace("_", " ")
