"""An installation that is given no secret key makes one and keeps it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crm.secret_key import kept_secret_key


def test_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"

    first = kept_secret_key(path)

    assert len(first) >= 50
    assert kept_secret_key(path) == first


def test_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    kept_secret_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(max_workers=16) as pool:
        keys = set(pool.map(lambda _: kept_secret_key(path), range(64)))

    assert len(keys) == 1
    assert [left.name for left in tmp_path.iterdir()] == ["secret_key"]


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    assert kept_secret_key(tmp_path / "one") != kept_secret_key(tmp_path / "two")
