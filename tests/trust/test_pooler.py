"""A pooler that gives each transaction another connection changes nothing that anybody sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pooler import pooled
from tests.postgres import lent_postgres
from tests.serving import Server
from tests.trust.conftest import UNLIMITED
from tests.trust.figures import enough, tell
from tests.trust.loading import under_load
from tests.trust.test_outages import require_everything_once
from tools.temporary_postgres import TemporaryPostgres

pytestmark = pytest.mark.postgres

ANSWERS = 60


@pytest.fixture(scope="module")
def behind() -> Iterator[TemporaryPostgres]:
    """Start the server behind the pooler."""
    with lent_postgres() as server:
        yield server


@pytest.mark.parametrize("prepares", ["off", "on"])
def test_everybody_works_through_a_pooler_and_nothing_gets_lost(
    behind: TemporaryPostgres, tmp_path: Path, prepares: str
) -> None:
    """Whether it carries prepared statements or not (Debian's does not)."""
    database = f"pooled_{prepares}"
    behind.create_database(database)
    # A folder on the way may be closed to the pooler's user.
    with pooled(behind, behind.folder) as address:
        url = f"{address.rpartition('/')[0]}/{database}"
        settings = {**UNLIMITED, "DATABASE_PREPARED_STATEMENTS": prepares}
        server = Server(tmp_path, url, settings)
        server.prepare()
        server.start()
        try:
            with under_load(server) as load:
                while sum(load.answered.values()) < enough(ANSWERS, 50 * ANSWERS):
                    load.wait_for_everyone(load.answered.__getitem__)
        finally:
            server.stop()
        # Where prepared statements get lost, who meets that within a change is told to come again.
        assert [fault for each in load.refused for fault in each.faults] == []
        assert prepares == "on" or load.refused == []
        require_everything_once(server, load.acknowledged)
    tell(
        f"PgBouncer in transaction mode, prepared statements {prepares}",
        f"{load.answered.total():,} answered, {len(load.refused):,} refused, all by 503 with"
        f" Retry-After; {len(load.acknowledged):,} acknowledged, 0 lost, 0 twice",
    )
