"""Make, rotate and revoke credentials.

People make credentials for themselves, administrators for anybody. A credential never makes one
that may do more than itself. The secret is returned once, by the call that makes it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
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
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        cleaned = _narrowed(actor, cleaned, creating=True)
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
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        cleaned = _narrowed(actor, cleaned, creating=False)
        if cleaned.get("user", row.user_id) != row.user_id:
            faults.append(Fault("user", "read_only"))
        require_no_faults(faults + _faults(actor, cleaned))
        stored = store_change(actor, row, KIND, cleaned)
        _narrow_children(row, cleaned)
        return stored


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
    """Take back the revocation of a credential: an administrator any, others their own.

    What somebody else has revoked stays so, whosever the credential is. Raises NotFoundError,
    ForbiddenError.
    """
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


def _narrow_children(row: Credential, cleaned: Values) -> None:
    """Hold tokens to what their key may now: they are let in without a look at it."""
    children = row.children.all()
    if "per_minute" in cleaned:
        children.update(per_minute=row.per_minute)
    if row.scope == Credential.Scope.READ:
        children.update(scope=row.scope)
    if "project" in cleaned:
        children.update(project=row.project_id)
    if row.expires_at is not None:
        longer = Q(expires_at=None) | Q(expires_at__gt=row.expires_at)
        children.filter(longer).update(expires_at=row.expires_at)


def _require_person(actor: Actor) -> None:
    """Raise ForbiddenError for whoever may not write, and for form keys."""
    actor.require_write()
    if actor.credential_kind == FORM_KEY:
        raise ForbiddenError("credentials", KIND)


def _narrowed(actor: Actor, cleaned: dict[str, object], *, creating: bool) -> dict[str, object]:
    """Hold what is made or changed to the project, the end and the limit of the actor's own key.

    A change leaves the end and the limit of a key alone unless it names them.
    """
    own = Credential.objects.filter(pk=actor.key_id).first() if actor.key_id else None
    if own is None:
        return cleaned
    narrowed = dict(cleaned)
    if own.project_id is not None:
        narrowed["project"] = own.project_id
    bounds: dict[str, Any] = {"expires_at": own.expires_at, "per_minute": own.per_minute}
    for key, bound in bounds.items():
        if bound is not None and (creating or key in cleaned):
            given: Any = cleaned.get(key)
            narrowed[key] = bound if given is None else min(given, bound)
    return narrowed


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
        if not revoked and not actor.is_administrator:
            _require_own_revocation(actor, row)
        return _set_revoked(actor, row, revoked=revoked)


def _require_own_revocation(actor: Actor, row: Credential) -> None:
    """Raise ForbiddenError where somebody else has revoked a credential last."""
    entries = history.changes_of(KIND, row.pk).filter(action="revoked")
    by = entries.values_list("user_id", flat=True).first()
    if row.revoked_at is not None and by != actor.user_id:
        raise ForbiddenError("administrator", KIND)


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
