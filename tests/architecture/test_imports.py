"""Imports point one way: the contracts of pyproject.toml hold."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_behind_the_front_doors_is_closed_to_dialects() -> None:
    """The contract can name only rooms that exist, so a new one is easily forgotten."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in tables["contracts"]}
    closed = contracts["Dialects enter the domain by its front doors"]["forbidden_modules"]
    behind = {
        room for room in ("models", "admin", "transfer") if (ROOT / "contacts" / room).exists()
    }

    assert {f"contacts.{room}" for room in behind} <= set(closed)
