"""Credentials: made, found by their secret, used, revoked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from contacts.access.actor import Actor
from contacts.access.memberships import actor_of
from contacts.access.prepared import PreparedRow
from contacts.access.secrets import decrypt, digest_of, encrypt, new_secret
from contacts.errors import AuthenticationError, ForbiddenError
from contacts.fields import reference
from contacts.models import Credential, Stamp, User

Row = TypeVar("Row", User, Credential)

# The kind of a key that may only send one web form; every other kind is a dialect's own word.
FORM_KEY = "form_key"

# Writing "last used" for every request would make each read a write.
TOUCH_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CredentialOptions:
    """What a new credential is besides its kind and owner."""

    name: str = ""
    secret: str = ""
    scope: str = Credential.Scope.WRITE
    project_id: int | None = None
    expires_at: datetime | None = None
    parent: Credential | None = None
    per_minute: int | None = None
    is_recoverable: bool = False
    traits: Mapping[str, object] = field(default_factory=dict)


def make_credential(
    kind: str, user: User | None, options: CredentialOptions | None = None
) -> tuple[Credential, str]:
    """Store a new credential and return it with its secret, which is not kept readable."""
    options = options or CredentialOptions()
    secret = options.secret or new_secret()
    credential = Credential.objects.create(
        kind=kind,
        user=user,
        name=options.name,
        digest=digest_of(secret),
        hint=secret[:4],
        ciphertext=encrypt(secret) if options.is_recoverable else None,
        scope=options.scope,
        project_id=options.project_id,
        expires_at=options.expires_at,
        parent=options.parent,
        per_minute=options.per_minute,
        traits=dict(options.traits),
    )
    return credential, secret


def ensure_credential(
    kind: str, user: User | None, options: CredentialOptions
) -> tuple[Credential, str]:
    """Return the user's usable credential of this kind and name, or make it.

    Only a recoverable one can be returned with its secret, so `options` must ask for that.
    """
    place = Q(project_id=options.project_id) if options.project_id else Q(project=None)
    present = Credential.objects.filter(
        place, kind=kind, user=user, name=options.name, revoked_at=None
    )
    for credential in present.exclude(ciphertext=None).order_by("pk"):
        secret = secret_of(credential)
        if secret is not None and (options.secret in ("", secret)):
            return credential, secret
    return make_credential(kind, user, replace(options, is_recoverable=True))


def secret_of(credential: Credential) -> str | None:
    """Return the secret of a recoverable credential, or None."""
    return decrypt(credential.ciphertext) if credential.ciphertext else None


def find_credential(secret: str, kinds: Collection[str]) -> Credential | None:
    """Return the credential of one of the kinds with this secret, or None; one statement."""
    if not secret:
        return None
    credential = _BY_SECRET.find([digest_of(secret), *kinds])
    if credential is not None:
        take_stamps(credential)
    return credential


def find_numbered(number: int, kind: str) -> Credential | None:
    """Return the credential of a kind with this number, or None: for naming it, not as a proof."""
    found = with_stamps(Credential.objects.select_related("user")).filter(pk=number, kind=kind)
    credential = found.first()
    if credential is not None:
        take_stamps(credential)
    return credential


def require_usable(credential: Credential) -> None:
    """Raise AuthenticationError for a credential that is revoked, expired or of a locked user."""
    if credential.revoked_at is not None:
        raise AuthenticationError("revoked")
    if credential.expires_at is not None and credential.expires_at <= timezone.now():
        raise AuthenticationError("expired")
    if credential.user is not None and not credential.user.is_active:
        raise AuthenticationError("inactive")


def require_program_use(user: User) -> None:
    """Raise ForbiddenError for a user who must first change the password, or may not use APIs."""
    if user.must_change_password:
        raise ForbiddenError("change_password", "user")
    if not user.may_use_api:
        raise ForbiddenError("use_api", "user")


def actor_of_secret(
    secret: str, kinds: Collection[str], *, dialect: str, request_id: str = ""
) -> Actor:
    """Return the actor of a secret; raises AuthenticationError."""
    credential = find_credential(secret, kinds)
    if credential is None:
        raise AuthenticationError("unknown")
    return actor_of_credential(credential, dialect=dialect, request_id=request_id)


def actor_of_credential(credential: Credential, *, dialect: str, request_id: str = "") -> Actor:
    """Return the actor of a found credential; raises AuthenticationError, ForbiddenError."""
    require_usable(credential)
    if credential.user is None:
        raise AuthenticationError("unknown")
    require_program_use(credential.user)
    touch(credential, dialect)
    return actor_of(credential.user, credential=credential, dialect=dialect, request_id=request_id)


def touch(credential: Credential, dialect: str, *, after: timedelta = TOUCH_AFTER) -> None:
    """Remember that a credential was used, unless that was noted a short while ago."""
    now = timezone.now()
    if credential.last_used_at is not None and now - credential.last_used_at < after:
        return
    Credential.objects.filter(pk=credential.pk).update(last_used_at=now, last_dialect=dialect)


def with_stamps(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return the rows with the versions of the small tables: no statement is spent on them."""
    stamps = {
        f"stamp_{name}": Subquery(Stamp.objects.filter(name=name).values("version")[:1])
        for name in reference.STAMPS
    }
    return rows.annotate(**stamps, stamp_data=DataVersion())


def _by_secret(texts: Sequence[str]) -> QuerySet[Credential]:
    digest, *kinds = texts
    found = with_stamps(Credential.objects.select_related("user"))
    return found.filter(digest=digest, kind__in=kinds)


_BY_SECRET = PreparedRow(Credential, _by_secret)


class DataVersion(Func):
    """A text that is the same only while nothing in the database changes.

    On SQLite, where writers follow each other, the last entry of the trail tells. On PostgreSQL
    entries may appear out of order, so the snapshot of running transactions tells of those of
    others; the last entry tells of what one's own transaction has written, which moves no snapshot.
    """

    template = "(SELECT MAX(id) FROM contacts_change)"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[object]]:
        """Return the SQL of PostgreSQL."""
        return f"concat(pg_current_snapshot()::text, ' ', {self.template})", []


def take_stamps(row: object) -> None:
    """Take over the versions that came with a row of `with_stamps`."""
    reference.know_data(getattr(row, "stamp_data", None))
    reference.know({name: getattr(row, f"stamp_{name}") for name in reference.STAMPS})
