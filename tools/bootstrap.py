"""Build the virtual environment from the locked requirements.

Only the standard library is used and only wheels with a known hash are installed, so no package
is ever compiled and no package code runs while installing. A second run with nothing changed
reads one small file and stops.

    python3 tools/bootstrap.py base test                 # into .venv
    python3 tools/bootstrap.py --into .venv-x some-set   # an environment of its own
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
MAIN = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
NO_ENSUREPIP = "Python lacks its venv module here. Run: sudo apt install python3-venv"


class BootstrapError(Exception):
    """Says in one line why the environment cannot be built."""


def say(message: str) -> None:
    """Print a progress line at once, even into a pipe."""
    print(f"[install] {message}", flush=True)


def lock_file(name: str) -> Path:
    """Return the path of a set's lock file."""
    path = REQUIREMENTS / f"{name}.lock"
    if not path.is_file():
        raise BootstrapError(f"There is no set of requirements called {name!r}.")
    return path


def fingerprint(name: str) -> str:
    """Return what must be equal for a set to count as installed already."""
    python = "{}.{}".format(*sys.version_info[:2]).encode()
    return hashlib.sha256(python + lock_file(name).read_bytes()).hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """Return the installed sets with their fingerprints; none when that cannot be told."""
    try:
        installed = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return installed if isinstance(installed, dict) else {}


def run(command: list[str | Path]) -> bool:
    """Run a command and return whether it succeeded."""
    return subprocess.run([str(part) for part in command], check=False).returncode == 0


def make_environment(target: Path) -> None:
    """Create the virtual environment, leaving nothing behind when that fails."""
    if (target / "bin" / "python").exists():
        return
    say(f"Creating {target.name} with Python {sys.version.split()[0]} ...")
    # Debian ships ensurepip in a package of its own. A half-made environment without pip would
    # make every later run fail with a misleading message.
    if importlib.util.find_spec("ensurepip") is None:
        raise BootstrapError(NO_ENSUREPIP)
    shutil.rmtree(target, ignore_errors=True)
    if not run([sys.executable, "-m", "venv", target]):
        shutil.rmtree(target, ignore_errors=True)
        raise BootstrapError(NO_ENSUREPIP)


def pip_install(target: Path, locks: list[Path]) -> bool:
    """Install lock files with pip."""
    command: list[str | Path] = [target / "bin" / "python", "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    for lock in locks:
        command += ["-r", lock]
    return run(command)


def uv_install(target: Path, locks: list[Path]) -> bool:
    """Install lock files with uv, which does in seconds what takes pip half a minute."""
    uv = target / "bin" / "uv"
    if not uv.exists() and not pip_install(target, [lock_file("uv")]):
        return False
    python = target / "bin" / "python"
    command: list[str | Path] = [uv, "pip", "install", "--python", python]
    command += ["--require-hashes", "--no-build"]
    for lock in locks:
        command += ["-r", lock]
    return run(command)


def install(target: Path, names: list[str]) -> None:
    """Install the sets, with pip where uv does not work."""
    locks = [lock_file(name) for name in names]
    say(f"Installing the locked packages: {', '.join(names)} ...")
    if uv_install(target, locks):
        return
    say("uv is of no use here, going on with pip (slower) ...")
    if not pip_install(target, locks):
        raise BootstrapError("The packages could not be installed; the reason is printed above.")


def link_sources(target: Path) -> None:
    """Make the checkout importable; an editable install would need a build back end."""
    for site_packages in target.glob("lib/python*/site-packages"):
        (site_packages / "rosetta_crm.pth").write_text(f"{ROOT}\n")


def build(target: Path, names: list[str]) -> None:
    """Bring the environment to the wanted state."""
    stamp = target / "installed.json"
    wanted = {name: fingerprint(name) for name in names}
    installed = read_stamp(stamp)
    missing = [name for name in names if installed.get(name) != wanted[name]]
    if not missing:
        return
    started = time.monotonic()
    make_environment(target)
    install(target, missing)
    if target == MAIN:
        link_sources(target)
    # Written last: an interrupted run starts over instead of trusting half an environment.
    stamp.write_text(json.dumps({**installed, **wanted}, indent=1) + "\n")
    say(f"Done in {time.monotonic() - started:.1f} s.")


def main() -> int:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build the virtual environment.")
    parser.add_argument("--into", default=".venv", help="folder of the environment")
    parser.add_argument("sets", nargs="+", help="names of lock files in requirements/")
    options = parser.parse_args()
    # Links into the cache of uv fail with a warning when it is on another file system.
    os.environ.setdefault("UV_LINK_MODE", "copy")
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise BootstrapError("Python 3.11 or newer is needed.")
        build(ROOT / options.into, options.sets)
    except BootstrapError as error:
        print(f"[install] {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
