"""Give the tests an environment of their own, whatever the shell or a `.env` file says.

Loaded as the first pytest plugin (pyproject.toml), before Django's settings are read.
"""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

FOREIGN = (
    "ADDRESS_RATE",
    "ALLOWED_HOSTS",
    "ARCHIVE_RETENTION_DAYS",
    "CACHE_URL",
    "CORS_ALLOWED_ORIGINS",
    "COUNT_TIMEOUT",
    "CREDENTIAL_RATE",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_REPLICA_URL",
    "DEBUG",
    "DIALECTS",
    "EMAIL_FROM",
    "HOST",
    "HSTS_SECONDS",
    "LANGUAGE_CODE",
    "BODY_BYTES_PER_SECOND",
    "BODY_SECONDS",
    "MAX_UPLOAD_MB",
    "PORT",
    "PROXY_COUNT",
    "REDMINEUP_PAGE_SIZE",
    "REDMINEUP_XML_CHANNELS",
    "REQUEST_LOG_DAYS",
    "SECRET_KEY_FALLBACKS",
    "SQLITE_SYNCHRONOUS",
    "STATEMENT_TIMEOUT",
    "TIME_ZONE",
    "WEB_CONCURRENCY",
    "WILDAPRICOT_ACCOUNT_ID",
    "WILDAPRICOT_ACCOUNT_NAME",
    "WILDAPRICOT_TOKEN_SECONDS",
    "WORKER_BESIDE_SERVER",
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


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Change what would only slow down tests inside this process; servers keep the real thing."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    # Nothing is collected here, so there are no names with a hash to look up.
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    Path(settings.STATIC_ROOT).mkdir()
