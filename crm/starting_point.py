"""Make what somebody needs to begin: a user, a project, a credential per dialect, a web form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from api.base import discovery
from contacts.access import FORM_KEY, Actor, secret_of, system_actor
from contacts.access.secrets import new_secret
from contacts.fields import reference
from contacts.models import Credential, Project, ProjectMember, Role, User, WebForm
from contacts.services.members import create_member, delete_member, update_member
from contacts.services.projects import create_project
from contacts.services.users import create_user, update_user
from contacts.services.web_forms import create_web_form

# The words of the command and the roles that they mean.
ROLES = {"manager": "Manager", "member": "Developer", "reader": "Reporter"}
FORM_TITLE = "Contact us"
FORM_FIELDS = ("first_name", "last_name", "company", "emails", "phones", "background")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; blank parts keep what is there."""

    username: str
    password: str = ""
    email: str = ""
    role: str = "administrator"
    project: str = "demo"


def begin(wish: Wish) -> dict[str, object]:
    """Create or update all of it, and return what `bootstrap --json` prints.

    Raises InvalidError for a user name or identifier that cannot be.
    """
    operator = system_actor("bootstrap")
    with transaction.atomic():
        project = _project(operator, wish)
        user, password = _user(operator, wish)
        if wish.role in ROLES:
            _join(operator, user, project, ROLES[wish.role])
        elif wish.role == "none":
            _leave(operator, user, project)
        key = _form_key(user, project)
    reference.forget()
    credentials: Mapping[str, object] = {
        dialect.name: dict(dialect.credentials(user, project)) for dialect in discovery.dialects()
    }
    return {
        "base_url": settings.BASE_URL,
        "username": user.username,
        "password": password,
        **credentials,
        "webform": {"key": key, "project": project.identifier},
    }


def _project(operator: Actor, wish: Wish) -> Project:
    if not Project.objects.filter(identifier=wish.project).exists():
        words = wish.project.replace("-", " ").capitalize()
        name = "Demo project" if wish.project == "demo" else words
        create_project(operator, {"identifier": wish.project, "name": name})
    return Project.objects.get(identifier=wish.project)


def _user(operator: Actor, wish: Wish) -> tuple[User, str | None]:
    user = User.objects.filter(username=wish.username).first()
    password = wish.password or (None if user else new_secret(20))
    values: dict[str, object] = {"is_administrator": wish.role == "administrator"}
    if wish.email:
        values["email"] = wish.email
    if user is None:
        made = create_user(operator, {**values, "username": wish.username})
        user = User.objects.get(pk=int(str(made["id"])))
    else:
        update_user(operator, user.pk, {**values, "is_active": True})
        user.refresh_from_db()
    if password:
        # The operator's own choice: the rules for passwords are for people in the browser.
        user.set_password(password)
        user.save(update_fields=["password"])
    return user, password


def _join(operator: Actor, user: User, project: Project, role: str) -> None:
    roles = [Role.objects.get(name=role).pk]
    member = ProjectMember.objects.filter(user=user, project=project).first()
    if member is None:
        create_member(operator, {"project": project.pk, "user": user.pk, "roles": roles})
    else:
        update_member(operator, member.pk, {"roles": roles})


def _leave(operator: Actor, user: User, project: Project) -> None:
    for member in ProjectMember.objects.filter(user=user, project=project):
        delete_member(operator, member.pk)


def _form_key(user: User, project: Project) -> str | None:
    """Return the key of the user's form in the project; the form is made where it is missing."""
    kept = Credential.objects.filter(kind=FORM_KEY, project=project, user=user, revoked_at=None)
    for credential in kept.exclude(ciphertext=None).order_by("pk"):
        secret = secret_of(credential)
        if secret is not None and WebForm.objects.filter(credential=credential).exists():
            return secret
    # Whoever runs the command may make forms; the contacts that come in are the user's.
    create_web_form(
        replace(system_actor("bootstrap"), user_id=user.pk),
        {
            "title": FORM_TITLE,
            "project": project.pk,
            "fields": [{"key": key} for key in FORM_FIELDS],
        },
    )
    newest = kept.exclude(ciphertext=None).order_by("-pk").first()
    return secret_of(newest) if newest else None
