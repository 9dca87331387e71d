"""Make, rotate and revoke credentials.

People make credentials for themselves, administrators for anybody. A credential never makes one
that may do more than itself. The secret is returned once, by the call that makes it.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import FORM_KEY, Actor, CredentialOptions, make_credential, secret_of
from contacts.access.visible_setup import visible_credentials
from contacts.errors import ConflictError, Fault, ForbiddenError, InvalidError
from contacts.models import Credential, User
from contacts.services.records import Document, locked, project_faults, trail_of, written
from contacts.services.setup import store_change
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "credential"


def create_credential(
    actor: Actor,
    kind: str,
    values: Values,
    *,
    is_recoverable: bool = False,
    traits: Values | None = None,
) -> tuple[Document, str]:
    """Make a credential and return its document with its secret.

    Without a `user` it belongs to the actor. Raises ForbiddenError, InvalidError.
    """
    _require_person(actor)
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, _narrowed(actor, values), creating=True)
        user_id = cleaned.get("user") or actor.user_id
        require_no_faults(faults + _faults(actor, cleaned))
        if user_id is None:
            raise InvalidError([Fault("user", "blank")])
        if user_id != actor.user_id:
            actor.require_administrator()
        options = CredentialOptions(
            name=str(cleaned.get("name") or ""),
            scope=str(cleaned.get("scope") or Credential.Scope.WRITE),
            project_id=cleaned.get("project"),  # type: ignore[arg-type]  # a cleaned id
            expires_at=cleaned.get("expires_at"),  # type: ignore[arg-type]  # a cleaned moment
            per_minute=cleaned.get("per_minute"),  # type: ignore[arg-type]  # a cleaned number
            is_recoverable=is_recoverable,
            traits=traits or {},
        )
        user = User.objects.get(pk=user_id)  # type: ignore[misc]  # a cleaned id
        credential, secret = make_credential(kind, user, options)
        history.record(actor, KIND, credential.pk, "created", after=trail_of(credential, KIND))
        return written(actor, credential, KIND), secret


def update_credential(actor: Actor, credential_id: int, values: Values) -> Document:
    """Change name, scope, project, end or limit of a credential; its owner stays.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    _require_person(actor)
    with transaction.atomic():
        row = locked(visible_credentials(actor), KIND, credential_id)
        cleaned, faults = check_values(actor, KIND, _narrowed(actor, values), creating=False)
        if cleaned.get("user", row.user_id) != row.user_id:
            faults.append(Fault("user", "read_only"))
        require_no_faults(faults + _faults(actor, cleaned))
        if "per_minute" in cleaned:
            # Tokens are let in without a look at the key that they were made from.
            row.children.update(per_minute=cleaned["per_minute"])
        return store_change(actor, row, KIND, cleaned)


def rotate_credential(
    actor: Actor, credential_id: int, *, overlap: timedelta = timedelta(0)
) -> tuple[Document, str]:
    """Replace a credential by a new one that may do the same; returns it with its secret.

    The old one works for the time of the overlap. Raises NotFoundError, ForbiddenError,
    ConflictError ("revoked").
    """
    _require_person(actor)
    with transaction.atomic():
        old = locked(visible_credentials(actor), KIND, credential_id)
        if old.revoked_at is not None:
            raise ConflictError("revoked")
        options = CredentialOptions(
            name=old.name,
            scope=old.scope,
            project_id=old.project_id,
            expires_at=old.expires_at,
            per_minute=old.per_minute,
            is_recoverable=old.ciphertext is not None,
            traits=old.traits,
        )
        new, secret = make_credential(old.kind, old.user, options)
        end = timezone.now() + overlap
        if overlap <= timedelta(0):
            _set_revoked(actor, old, revoked=True)
        elif old.expires_at is None or old.expires_at > end:
            store_change(actor, old, KIND, {"expires_at": end})
        history.record(actor, KIND, new.pk, "created", after=trail_of(new, KIND))
        return written(actor, new, KIND), secret


def revoke_credential(actor: Actor, credential_id: int) -> Document:
    """Stop a credential, and those made from it, at once; raises NotFoundError, ForbiddenError."""
    return _change_revoked(actor, credential_id, revoked=True)


def unrevoke_credential(actor: Actor, credential_id: int) -> Document:
    """Take back the revocation of a credential; raises NotFoundError, ForbiddenError."""
    return _change_revoked(actor, credential_id, revoked=False)


def find_own_secret(actor: Actor, kind: str) -> str | None:
    """Return the secret of the actor's oldest usable recoverable credential of a kind, or None.

    Somebody who came with a credential gets no other one's secret: that one may do more.
    """
    if actor.user_id is None:
        return None
    now = timezone.now()
    rows = Credential.objects.filter(user_id=actor.user_id, kind=kind, revoked_at=None)
    if actor.credential_id is not None:
        rows = rows.filter(pk=actor.credential_id)
    for row in rows.exclude(ciphertext=None).exclude(expires_at__lte=now).order_by("pk"):
        secret = secret_of(row)
        if secret is not None:
            return secret
    return None


def _require_person(actor: Actor) -> None:
    """Raise ForbiddenError for whoever may not write, and for form keys."""
    actor.require_write()
    if actor.credential_kind == FORM_KEY:
        raise ForbiddenError("credentials", KIND)


def _narrowed(actor: Actor, values: Values) -> Values:
    """Bind what is made to the project that the actor's own credential is bound to."""
    if actor.default_project_id is None:
        return values
    return {**values, "project": actor.default_project_id}


def _faults(actor: Actor, cleaned: Values) -> list[Fault]:
    faults = project_faults(actor, cleaned)
    end = cleaned.get("expires_at")
    if end is not None and end <= timezone.now():  # type: ignore[operator]  # a cleaned moment
        faults.append(Fault("expires_at", "too_small", {"limit": timezone.now()}))
    limit = cleaned.get("per_minute")
    if limit is not None and limit < 1:  # type: ignore[operator]  # a cleaned number
        faults.append(Fault("per_minute", "too_small", {"limit": 1}))
    return faults


def _change_revoked(actor: Actor, credential_id: int, *, revoked: bool) -> Document:
    _require_person(actor)
    with transaction.atomic():
        row = locked(visible_credentials(actor), KIND, credential_id)
        return _set_revoked(actor, row, revoked=revoked)


def _set_revoked(actor: Actor, row: Credential, *, revoked: bool) -> Document:
    if (row.revoked_at is not None) == revoked:
        return written(actor, row, KIND)
    before = trail_of(row, KIND)
    was, now = row.revoked_at, timezone.now() if revoked else None
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    # What was revoked together comes back together.
    made_from = Credential.objects.filter(parent=row, revoked_at=was)
    made_from.update(revoked_at=now)
    word = "revoked" if revoked else "unrevoked"
    history.record(actor, KIND, row.pk, word, before=before, after=trail_of(row, KIND))
    return written(actor, row, KIND)
