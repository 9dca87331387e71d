"""Keys of web forms: which form a key opens, and what it may do.

A key is public by nature: it stands in the source of a page. So it opens one form and nothing
else, whoever made it, and goes on working when that person has left.
"""

from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts.access.actor import Actor
from contacts.access.credentials import FORM_KEY, find_credential, touch
from contacts.fields.text import storable
from contacts.models import Credential, WebForm

FORM_RIGHTS = frozenset({"add_contacts"})


def find_form(key: str) -> WebForm | None:
    """Return the active form of a key, or None; a replaced key works until it expires."""
    credential = find_credential(key, [FORM_KEY])
    if credential is None or not _is_usable(credential):
        return None
    form = _forms().filter(Q(credential=credential) | Q(credential=credential.parent_id)).first()
    if form is None or not _is_usable(form.credential):
        return None
    touch(credential, "form")
    return form


def find_form_at(public_id: str) -> WebForm | None:
    """Return the active form with this public address, or None."""
    form = _forms().filter(public_id=storable(public_id)).first()
    return form if form is not None and _is_usable(form.credential) else None


def form_actor(form: WebForm, *, request_id: str = "") -> Actor:
    """Return the actor of a form: it may add contacts in the form's project, and nothing else."""
    return Actor(
        user_id=form.credential.user_id,
        rights={form.project_id: FORM_RIGHTS},
        credential_id=form.credential_id,
        credential_kind=FORM_KEY,
        default_project_id=form.project_id,
        dialect="form",
        locale=form.language or "en",
        request_id=request_id,
    )


def _forms() -> QuerySet[WebForm]:
    return WebForm.objects.filter(is_active=True).select_related("credential", "project")


def _is_usable(credential: Credential) -> bool:
    """Tell whether a key is neither revoked nor expired; unlike other keys it needs no user."""
    is_expired = credential.expires_at is not None and credential.expires_at <= timezone.now()
    return credential.revoked_at is None and not is_expired
