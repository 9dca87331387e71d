"""Make the records that tests stand on, through the services that make them for everybody."""

from typing import Any

from contacts.access import Actor, CredentialOptions, actor_of, make_credential, system_actor
from contacts.fields import reference
from contacts.models import (
    Contact,
    CustomField,
    CustomFieldOption,
    Project,
    ProjectMember,
    Role,
    User,
)
from contacts.services import contacts as contact_services

PASSWORD = "correct horse battery"


def make_user(username: str, **more: Any) -> User:
    """Make somebody who can sign in with PASSWORD."""
    superuser = more.pop("is_superuser", False)
    user = User(username=username, is_superuser=superuser, is_staff=superuser, **more)
    user.set_password(PASSWORD)
    user.save()
    reference.bump("people")
    return user


def make_project(name: str, **more: Any) -> Project:
    """Make a project; its identifier is the name in small letters."""
    project = Project.objects.create(
        name=name, identifier=more.pop("identifier", name.lower().replace(" ", "-")), **more
    )
    reference.bump("people")
    return project


def join(user: User, project: Project, role: str = "Manager") -> ProjectMember:
    """Make a user a member of a project."""
    member = ProjectMember.objects.create(user=user, project=project)
    member.roles.add(Role.objects.get(name=role))
    reference.bump("people")
    return member


def actor_for(user: User, dialect: str = "test") -> Actor:
    """Return the actor of a user."""
    return actor_of(User.objects.get(pk=user.pk), dialect=dialect)


def make_contact(actor: Actor | None = None, **values: Any) -> Contact:
    """Make a contact through the service; a person called "Tom Smith" unless said otherwise."""
    if not values.keys() & {"first_name", "organization_name", "household_name", "kind"}:
        values = {"first_name": "Tom", "last_name": "Smith", **values}
    document = contact_services.create_contact(actor or system_actor("test"), values)
    return Contact.objects.get(pk=document["id"])


def make_custom_field(label: str, *, options: tuple[str, ...] = (), **more: Any) -> CustomField:
    """Make a custom field; with options it is a choice."""
    more.setdefault("type", "option" if options else "text")
    more.setdefault("slug", label.lower().replace(" ", "_"))
    record = CustomField.objects.create(label=label, **more)
    for position, option in enumerate(options):
        CustomFieldOption.objects.create(field=record, label=option, position=position)
    reference.bump("catalogue")
    return record


def make_key(user: User, kind: str, **options: Any) -> str:
    """Make a credential of a kind and return its secret."""
    _credential, secret = make_credential(kind, user, CredentialOptions(**options))
    return secret
