"""The environment is built once, and faults are said in one line."""

import json
import sys
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for an environment, with requirements of its own."""
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    (requirements / "one.lock").write_text("one==1\n")
    (requirements / "two.lock").write_text("two==2\n")
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", requirements)
    return tmp_path / "environment"


def stamp(target: Path, *names: str) -> None:
    target.mkdir()
    marks = {name: bootstrap.fingerprint(name) for name in names}
    (target / "installed.json").write_text(json.dumps(marks))


def test_nothing_is_done_where_everything_is_installed(
    target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp(target, "one", "two")

    bootstrap.build(target, ["one"])
    bootstrap.build(target, ["one", "two"])

    assert [path.name for path in target.iterdir()] == ["installed.json"]
    assert capsys.readouterr().out == ""


def test_changed_lock_counts_as_not_installed(target: Path) -> None:
    stamp(target, "one")
    installed = bootstrap.read_stamp(target / "installed.json")

    bootstrap.lock_file("one").write_text("one==2\n")

    assert installed["one"] != bootstrap.fingerprint("one")


def test_broken_stamp_counts_as_nothing_installed(tmp_path: Path) -> None:
    (tmp_path / "installed.json").write_text("{half")

    assert bootstrap.read_stamp(tmp_path / "installed.json") == {}


def test_unknown_set_is_named(target: Path) -> None:
    with pytest.raises(bootstrap.BootstrapError, match="'three'"):
        bootstrap.build(target, ["three"])


def test_missing_ensurepip_leaves_no_half_made_environment(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(bootstrap.BootstrapError, match="sudo apt install python3-venv"):
        bootstrap.build(target, ["one"])

    assert not target.exists()


def test_old_python_is_refused_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "base"])
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))

    assert bootstrap.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_every_lock_has_hashes_and_no_address() -> None:
    locks = sorted(bootstrap.REQUIREMENTS.rglob("*.lock"))
    assert locks

    for lock in locks:
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert lock.with_suffix(".in").exists()
