"""Keep the secret key of an installation that was given none."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

LENGTH_IN_BYTES = 48


def kept_secret_key(path: Path) -> str:
    """Return the key in a file, made on the first call and readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _made_secret_key(path)


def _made_secret_key(path: Path) -> str:
    """Write a new key, unless another process has just done so; return the one that counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes the file for its owner only; the link fails when another process was first,
    # and nobody ever reads a half-written key.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(LENGTH_IN_BYTES) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
    return path.read_text().strip()
