"""Define, change and delete public web forms, and replace their keys."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from contacts import history
from contacts.access import (
    FORM_KEY,
    NEEDED,
    Actor,
    CredentialOptions,
    form_actor,
    make_credential,
    meet_demand,
    secret_of,
)
from contacts.access.secrets import digest_of, encrypt, new_secret
from contacts.access.view_counts import write_views
from contacts.errors import Fault, InvalidError, NotFoundError
from contacts.models import Credential, Project, User, WebForm
from contacts.services.form_settings import CLEANERS, clean_settings
from contacts.services.wastebasket import keep

Values = Mapping[str, object]

KIND = "web_form"

# What a form names by its id: the key of its document, by the name of the setting.
REFERENCES = {"owner": "owner_id", "deal_stage": "deal_stage_id"}


def create_web_form(actor: Actor, values: Values) -> dict[str, object]:
    """Define a form with a key of its own and return its document.

    `project` and `fields` are needed. Raises ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        form = draft_web_form(actor, values)
        credential, _secret = make_credential(
            FORM_KEY,
            User.objects.get(pk=actor.user_id) if actor.user_id else None,
            CredentialOptions(name=form.title, project_id=form.project_id, is_recoverable=True),
        )
        form.credential = credential
        form.save(force_insert=True)
        document = document_of_form(form)
        history.record(actor, KIND, form.pk, "created", after=document)
    return document


def draft_web_form(actor: Actor, values: Values) -> WebForm:
    """Return a form as it would be, without storing anything.

    Raises ForbiddenError, InvalidError.
    """
    project = _project(actor, values.get("project"))
    said = {key: value for key, value in values.items() if key != "project"}
    form = WebForm(
        project=project,
        credential=Credential(user_id=actor.user_id),
        public_id=str(uuid.uuid4()),
        author_id=actor.user_id,
    )
    _assign(form, clean_settings(form_actor(form), {"title": "", "fields": [], **said}))
    return form


def get_web_form(actor: Actor, form_id: int) -> WebForm:
    """Return a form that the actor manages; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        return lock_form(actor, form_id)


def restore_web_form(actor: Actor, form_id: int, version: int) -> dict[str, object]:
    """Give a form the settings that it had at a version: the id of an entry of its history.

    Raises NotFoundError, ForbiddenError, InvalidError (a field or project that is gone).
    """
    with transaction.atomic():
        now = document_of_form(lock_form(actor, form_id))
        then = history.earlier(KIND, form_id, now, version)
        if "project_id" not in then:
            # Before its first version there was no form.
            raise NotFoundError("version", version)
        values = {key: then[key] for key in CLEANERS if key in then}
        values |= {name: then.get(key) for name, key in REFERENCES.items()}
        values["project"] = then["project_id"]
        return update_web_form(actor, form_id, values)


def update_web_form(actor: Actor, form_id: int, values: Values) -> dict[str, object]:
    """Change what `values` names and return the new document.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        form = lock_form(actor, form_id)
        before = document_of_form(form)
        if "project" in values:
            form.project = _project(actor, values["project"])
            form.credential.project = form.project
        said = {key: value for key, value in values.items() if key != "project"}
        # Fields may belong to one project only, so they are looked at again when it changes.
        said = {"fields": form.fields, "honeypot": form.honeypot, **said}
        cleaned = clean_settings(form_actor(form), said)
        if cleaned.get("consent", form.consent) != form.consent:
            form.consent_version += 1
        _assign(form, cleaned)
        form.credential.name = form.title
        form.credential.save(update_fields=["name", "project"])
        form.save()
        document = document_of_form(form)
        history.record(actor, KIND, form.pk, "updated", before=before, after=document)
    return document


def delete_web_form(actor: Actor, form_id: int) -> None:
    """Delete a form, its keys and what was sent through it; the contacts stay.

    It can be brought back for a while (`contacts.services.form_restoring`).

    Raises NotFoundError, ForbiddenError.
    """
    write_views()
    with transaction.atomic():
        form = lock_form(actor, form_id)
        before = document_of_form(form)
        credential = form.credential
        former, sent = credential.children.order_by("pk"), form.submissions.order_by("pk")
        keep(actor, KIND, [form, credential, *former, *form.views.all(), *sent])
        form.delete()
        credential.delete()
        history.record(actor, KIND, form_id, "deleted", before=before)


def rotate_form_key(actor: Actor, form_id: int, *, keep_days: int = 30) -> str:
    """Give a form a new key and return it; the old one goes on working for so many days.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        form = lock_form(actor, form_id)
        now, current, secret = timezone.now(), form.credential, new_secret()
        former = Credential(
            kind=FORM_KEY,
            name=current.name,
            user_id=current.user_id,
            project_id=current.project_id,
            parent=current,
            digest=current.digest,
            hint=current.hint,
            expires_at=now + timedelta(days=keep_days),
            last_used_at=current.last_used_at,
            last_dialect=current.last_dialect,
        )
        current.digest, current.hint = digest_of(secret), secret[:4]
        current.ciphertext, current.last_used_at = encrypt(secret), None
        # The digest is unique, so it must be given up before the former key takes it over.
        current.save()
        former.save(force_insert=True)
        history.record(actor, KIND, form.pk, "key_rotated")
    return secret


def form_key_of(actor: Actor, form_id: int) -> str | None:
    """Return the key of a form for the examples on its page, or None where it cannot be read.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        return secret_of(lock_form(actor, form_id).credential)


def document_of_form(form: WebForm) -> dict[str, object]:
    """Return a form as a document; its key is not part of it."""
    settings = {key: getattr(form, key) for key in CLEANERS if key not in REFERENCES}
    return {
        "id": form.pk,
        "public_id": form.public_id,
        "project_id": form.project_id,
        **{key: getattr(form, key) for key in REFERENCES.values()},
        **settings,
    }


def lock_form(actor: Actor, form_id: int) -> WebForm:
    """Return a form locked for a change; raises NotFoundError, ForbiddenError."""
    rows = WebForm.objects.select_related("credential", "project")
    form = rows.select_for_update(of=("self",)).filter(pk=form_id).first()
    if form is None or not actor.has("view_contacts", [form.project_id]):
        raise NotFoundError(KIND, form_id)
    actor.require(NEEDED["web_form", "manage"], [form.project_id], "web_form")
    meet_demand(KIND, form_id, form.updated_at)
    return form


def _project(actor: Actor, value: object) -> Project:
    """Return the project that new contacts go to; one unseen looks like a missing one."""
    if value in (None, ""):
        raise InvalidError([Fault("project", "blank")])
    project = Project.objects.filter(pk=value).first() if isinstance(value, int) else None
    if project is None or not actor.has("view_contacts", [project.pk]):
        raise InvalidError([Fault("project", "unknown", {"value": value})])
    actor.require(NEEDED["web_form", "manage"], [project.pk], "web_form")
    return project


def _assign(form: WebForm, cleaned: Values) -> None:
    for key, value in cleaned.items():
        setattr(form, REFERENCES.get(key, key), value)
