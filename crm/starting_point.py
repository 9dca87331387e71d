"""Make what somebody needs to begin: a user, a project, a credential per dialect, a web form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction

from api.base import discovery
from contacts.access import FORM_KEY, actor_of, secret_of, system_actor
from contacts.access.secrets import new_secret
from contacts.fields import reference
from contacts.models import Credential, Project, ProjectMember, Role, User, WebForm
from contacts.services.web_forms import create_web_form

# The words of the command and the roles that they mean.
ROLES = {"manager": "Manager", "member": "Developer", "reader": "Reporter"}
FORM_TITLE = "Contact us"
FORM_FIELDS = ("first_name", "last_name", "company", "emails", "phones", "tags", "background")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; blank parts keep what is there."""

    username: str
    password: str = ""
    email: str = ""
    role: str = "administrator"
    project: str = "demo"


def begin(wish: Wish) -> dict[str, object]:
    """Create or update all of it, and return what `bootstrap --json` prints."""
    with transaction.atomic():
        project = _project(wish)
        user, password = _user(wish)
        if wish.role in ROLES:
            _join(user, project, ROLES[wish.role])
        reference.bump("people")
    credentials: Mapping[str, object] = {
        dialect.name: dict(dialect.credentials(user, project)) for dialect in discovery.dialects()
    }
    return {
        "base_url": settings.BASE_URL,
        "username": user.username,
        "password": password,
        **credentials,
        "webform": {"key": _form_key(user, project), "project": project.identifier},
    }


def _project(wish: Wish) -> Project:
    name = "Demo project" if wish.project == "demo" else wish.project.replace("-", " ").capitalize()
    project, _new = Project.objects.get_or_create(identifier=wish.project, defaults={"name": name})
    return project


def _user(wish: Wish) -> tuple[User, str | None]:
    user = User.objects.filter(username=wish.username).first()
    password = wish.password or (None if user else new_secret(20))
    if user is None:
        user = User(username=wish.username)
    if wish.email:
        user.email = wish.email
    user.is_superuser = user.is_staff = wish.role == "administrator"
    user.is_active = True
    if password:
        user.set_password(password)
    user.save()
    return user, password


def _join(user: User, project: Project, role: str) -> None:
    member, _new = ProjectMember.objects.get_or_create(user=user, project=project)
    member.roles.set([Role.objects.get(name=role)])


def _form_key(user: User, project: Project) -> str | None:
    """Return the key of the user's form in the project; the form is made where it is missing."""
    kept = Credential.objects.filter(kind=FORM_KEY, project=project, user=user, revoked_at=None)
    for credential in kept.exclude(ciphertext=None).order_by("pk"):
        secret = secret_of(credential)
        if secret is not None and WebForm.objects.filter(credential=credential).exists():
            return secret
    if not actor_of(user).has("add_contacts", [project.pk]):
        return None
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
