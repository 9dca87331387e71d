"""Settings of the server, all from the environment; docs/configuration.md explains each."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF

from api.base.discovery import UnknownDialectError, dialect_packages, dialects, others_than
from crm.databases import completed_database
from crm.environment import Environment, SettingError
from crm.logs import configure_structlog, logging_settings
from crm.secret_key import kept_secret_key

ROOT = Path(__file__).resolve().parent.parent

env_file = os.environ.get("ENV_FILE", str(ROOT / ".env"))
if env_file and Path(env_file).is_file():
    environ.Env.read_env(env_file)
environment = Environment(dict(os.environ))
environment.asked.add("ENV_FILE")

try:
    VAR = environment.folder("VAR_DIR", ROOT / "var")
    DEBUG = environment.flag("DEBUG")
    HOST = environment.text("HOST", "127.0.0.1")
    PORT = environment.number("PORT", 8000, least=1, most=65535)
    WEB_CONCURRENCY = environment.number(
        "WEB_CONCURRENCY", max(2, len(os.sched_getaffinity(0))), least=1, most=512
    )
    WORKER_BESIDE_SERVER = environment.flag("WORKER_BESIDE_SERVER", default=True)
    BASE_URL = environment.origin("BASE_URL", f"http://127.0.0.1:{PORT}")
    ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
    CORS_ALLOWED_ORIGINS = environment.origins("CORS_ALLOWED_ORIGINS")
    WEBHOOK_PRIVATE_TARGETS = environment.flag("WEBHOOK_PRIVATE_TARGETS")
    PROXY_COUNT = environment.number("PROXY_COUNT", 0, least=0, most=10)
    HSTS_SECONDS = environment.number("HSTS_SECONDS", 31536000, least=0, most=63072000)
    SECRET_KEY = environment.text("SECRET_KEY") or kept_secret_key(VAR / "secret_key")
    SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
    SQLITE_SYNCHRONOUS = environment.choice("SQLITE_SYNCHRONOUS", "FULL", {"FULL", "NORMAL"})
    prepares = environment.flag("DATABASE_PREPARED_STATEMENTS", default=True)
    STATEMENT_TIMEOUT = environment.number("STATEMENT_TIMEOUT", 30, least=0, most=86400)
    COUNT_TIMEOUT = environment.number("COUNT_TIMEOUT", 2, least=0, most=86400)
    database = environment.database("DATABASE_URL", f"sqlite:///{VAR / 'rosetta.sqlite3'}")
    replica = environment.database("DATABASE_REPLICA_URL")
    cache = environment.cache("CACHE_URL")
    email = environment.email("EMAIL_URL", "consolemail://")
    DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"crm@{urlsplit(BASE_URL).hostname}")
    MEDIA_ROOT = environment.folder("MEDIA_ROOT", VAR / "media")
    MAX_UPLOAD_MB = environment.number("MAX_UPLOAD_MB", 25, least=1, most=2048)
    BODY_SECONDS = environment.number("BODY_SECONDS", 30, least=1, most=3600)
    BODY_BYTES_PER_SECOND = environment.number("BODY_BYTES_PER_SECOND", 1024, least=1, most=2**20)
    ARCHIVE_RETENTION_DAYS = environment.number("ARCHIVE_RETENTION_DAYS", 30, least=0, most=36500)
    REQUEST_LOG_DAYS = environment.number("REQUEST_LOG_DAYS", 7, least=0, most=365)
    credential_rate = environment.rate("CREDENTIAL_RATE")
    address_rate = environment.rate("ADDRESS_RATE")
    LANGUAGE_CODE = environment.choice("LANGUAGE_CODE", "en", {"en", "ru"})
    TIME_ZONE = environment.time_zone("TIME_ZONE", "UTC")
    LOG_LEVEL = environment.choice(
        "LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
    )
    REDMINEUP_XML_CHANNELS = environment.choice(
        "REDMINEUP_XML_CHANNELS", "seed", {"seed", "plugin"}
    )
    REDMINEUP_PAGE_SIZE = environment.number("REDMINEUP_PAGE_SIZE", 25, least=1, most=100)
    CONCORD_UNIQUE_PHONES = environment.flag("CONCORD_UNIQUE_PHONES", default=True)
    CONCORD_PHONE_PREFIX_NEEDED = environment.flag("CONCORD_PHONE_PREFIX_NEEDED")
    CONCORD_JOIN_COMPANIES = environment.flag("CONCORD_JOIN_COMPANIES", default=True)
    CONCORD_LOST_REASON_NEEDED = environment.flag("CONCORD_LOST_REASON_NEEDED")
    VTIGER_VERSION = environment.text("VTIGER_VERSION", "7.2.0")
    VTIGER_UNIQUE_ACCOUNTS = environment.flag("VTIGER_UNIQUE_ACCOUNTS", default=False)
    VTIGER_MAX_ROWS = environment.number("VTIGER_MAX_ROWS", 100, least=1, most=10_000)
    WILDAPRICOT_ACCOUNT_ID = environment.number(
        "WILDAPRICOT_ACCOUNT_ID", 1, least=1, most=2**31 - 1
    )
    WILDAPRICOT_ACCOUNT_NAME = environment.text("WILDAPRICOT_ACCOUNT_NAME", "Rosetta CRM")
    WILDAPRICOT_TOKEN_SECONDS = environment.number(
        "WILDAPRICOT_TOKEN_SECONDS", 1800, least=60, most=30 * 86400
    )
    environment.asked.add("DIALECTS")
    DIALECT_PACKAGES = dialect_packages()
    # Addresses that answer pages of every origin see to it themselves.
    CORS_URLS_REGEX = others_than([each.addresses for each in dialects() if each.is_for_all_sites])
except (SettingError, UnknownDialectError) as error:
    sys.exit(f"Wrong setting. {error}")

SECURE = BASE_URL.startswith("https://")
base_host = urlsplit(BASE_URL).hostname or ""

# What the server is made of.
INSTALLED_APPS = [
    "crm.apps.CrmConfig",
    *DIALECT_PACKAGES,
    "contacts.apps.ContactsConfig",
    # The simple one: our admin site is set up by its own package, not by search.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
    "axes",
]
MIDDLEWARE = [
    "crm.middleware.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crm.middleware.policy.PolicyMiddleware",
    "crm.middleware.unread.UnreadBodyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # All further in is for browsers alone.
    "crm.middleware.programs.ProgramMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "crm.middleware.sessions.SessionEndMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.middleware.sessions.SessionOfferMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
# A redirect would turn a client's POST into a GET; every address is exact.
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "libraries": {"screens": "contacts.admin.tags"},
        },
    }
]

# Where data is kept.
DATABASES = {
    alias: completed_database(
        described, root=ROOT, synchronous=SQLITE_SYNCHRONOUS, prepares=prepares
    )
    for alias, described in {"default": database, "replica": replica}.items()
    if described
}
if replica:
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["contacts.access.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits are counted over all worker processes, so the cache is one that they share.
CACHES = {
    "default": cache
    or {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "crm_cache",
        # It adds to a number by writing it again for so long: as long as the longest window.
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [folder for folder in [ROOT / "static"] if folder.is_dir()]
STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else STATIC_STORAGE
    },
}
WHITENOISE_MAX_AGE = 86400

# How large a request may be.
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_MB * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

# Mail: all EMAIL_ settings follow from one address.
globals().update(email)
EMAIL_TIMEOUT = 15
# What only goes to the log reaches nobody, and the log is no place for names.
MAIL_IS_SENT = not email["EMAIL_BACKEND"].endswith(("console.EmailBackend", "dummy.EmailBackend"))

# Who may sign in.
AUTH_USER_MODEL = "contacts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
# The pair, so that a stranger cannot lock out the administrator.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"

# What browsers are told.
if base_host not in ALLOWED_HOSTS and "*" not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(f"[{base_host}]" if ":" in base_host else base_host)
if SECURE and BASE_URL not in CSRF_TRUSTED_ORIGINS:
    CSRF_TRUSTED_ORIGINS.append(BASE_URL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "crm.pages.errors.form_refused"
SECURE_HSTS_SECONDS = HSTS_SECONDS if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other names below the domain are not ours to decide about
    "security.W008",  # the proxy that holds the certificate redirects; we only hear it
    "security.W021",  # nor is the browsers' preload list
]

# Languages and times.
USE_I18N = USE_TZ = True
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [ROOT / "locale"]

REST_FRAMEWORK: dict[str, object] = {
    # The address of the client is settled by our middleware; headers count for nothing.
    "NUM_PROXIES": 0,
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_THROTTLE_RATES": {"credential": credential_rate, "address": address_rate},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Rosetta CRM",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = logging_settings(LOG_LEVEL)
configure_structlog()
