"""Renew the lock files: for every set the newest versions that fit, with the hashes of all wheels.

No address of a package index is written down, so an installation may use whichever it trusts.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
# Each set is constrained by those before it, so that they can be installed together.
TOGETHER = ("uv", "base", "postgres", "redis", "test", "browser", "dev")
OPTIONS = (
    "--quiet",
    "--upgrade",
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--only-binary=:all:",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-build-options",
)


def lock(name: str) -> bool:
    """Write one lock file and return whether that succeeded."""
    print(f"[lock] {name}", flush=True)
    command = [str(Path(sys.executable).parent / "uv"), "pip", "compile", *OPTIONS]
    command += [f"{name}.in", "-o", f"{name}.lock"]
    return subprocess.run(command, cwd=REQUIREMENTS, check=False).returncode == 0


def main() -> int:
    """Lock every set."""
    clients = sorted(f"clients/{path.stem}" for path in REQUIREMENTS.glob("clients/*.in"))
    return 0 if all(lock(name) for name in [*TOGETHER, *clients]) else 1


if __name__ == "__main__":
    sys.exit(main())
