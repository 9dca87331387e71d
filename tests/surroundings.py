"""Give the tests an environment of their own, whatever the shell or a `.env` file says.

Loaded as the first pytest plugin (pyproject.toml), before Django's settings are read.
"""

import os
import tempfile
from pathlib import Path

FOREIGN = (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "CORS_ALLOWED_ORIGINS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_REPLICA_URL",
    "DEBUG",
    "DIALECTS",
    "EMAIL_FROM",
    "HOST",
    "HSTS_SECONDS",
    "LANGUAGE_CODE",
    "MAX_UPLOAD_MB",
    "PORT",
    "PROXY_COUNT",
    "SECRET_KEY_FALLBACKS",
    "SQLITE_SYNCHRONOUS",
    "STATEMENT_TIMEOUT",
    "TIME_ZONE",
    "WEB_CONCURRENCY",
)

# Kept in a variable: the folder goes when the process does.
folder = tempfile.TemporaryDirectory(prefix="rosetta-tests-")

for name in FOREIGN:
    os.environ.pop(name, None)
os.environ.update(
    ENV_FILE="",
    SECRET_KEY="a-key-that-protects-nothing-but-the-tests-of-this-very-suite",
    BASE_URL="http://testserver",
    EMAIL_URL="dummymail://",
    LOG_LEVEL="WARNING",
    VAR_DIR=folder.name,
    MEDIA_ROOT=str(Path(folder.name) / "media"),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or "sqlite:///unused-by-tests.sqlite3",
)
