"""Which rights a user holds in which project, kept in memory until people or roles change."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from contacts.access.actor import Actor, bound_to
from contacts.access.rights import MODULE_RIGHTS, READING_RIGHTS
from contacts.fields import reference
from contacts.models import Credential, Project, ProjectMember, User, UserGroup


@dataclass(frozen=True, slots=True)
class Memberships:
    """The rights of one user by project, and the user groups it belongs to."""

    rights: Mapping[int, frozenset[str]]
    group_ids: frozenset[int]


def memberships_of(user_id: int) -> Memberships:
    """Return the memberships of a user as they are now."""
    return reference.kept(f"memberships:{user_id}", "people", lambda: _read(user_id))


def _read(user_id: int) -> Memberships:
    group_ids = frozenset(UserGroup.objects.filter(users=user_id).values_list("id", flat=True))
    members = (
        ProjectMember.objects.filter(Q(user_id=user_id) | Q(group_id__in=group_ids))
        .select_related("project")
        .prefetch_related("roles")
    )
    rights: dict[int, frozenset[str]] = {}
    for member in members:
        held = {right for role in member.roles.all() for right in role.rights}
        known = rights.get(member.project_id, frozenset())
        rights[member.project_id] = known | (held & _possible(member.project))
    return Memberships(rights, group_ids)


def _possible(project: Project) -> frozenset[str]:
    """Return the rights that anybody can have in a project: by module and status."""
    if project.status == Project.Status.ARCHIVED:
        return frozenset()
    rights = frozenset(
        right for module in project.modules for right in MODULE_RIGHTS.get(module, ())
    )
    return rights & READING_RIGHTS if project.status == Project.Status.CLOSED else rights


def actor_of(
    user: User, *, credential: Credential | None = None, dialect: str = "", request_id: str = ""
) -> Actor:
    """Return the actor of a user, narrowed to what the credential allows."""
    held = memberships_of(user.pk)
    actor = Actor(
        user_id=user.pk,
        username=user.username,
        is_administrator=user.is_superuser,
        rights=held.rights,
        group_ids=held.group_ids,
        credential_id=credential.pk if credential else None,
        key_id=(credential.parent_id or credential.pk) if credential else None,
        credential_kind=credential.kind if credential else "",
        is_read_only=credential is not None and credential.scope == Credential.Scope.READ,
        per_minute=credential.per_minute if credential else None,
        traits=credential.traits if credential else {},
        dialect=dialect,
        locale=user.language,
        time_zone=user.time_zone,
        request_id=request_id,
    )
    if credential is not None and credential.project_id is not None:
        return bound_to(actor, credential.project_id, _rights_in(actor, credential.project_id))
    return actor


def _rights_in(actor: Actor, project_id: int) -> frozenset[str]:
    """Return the rights of an actor in one project; an administrator has all that there can be."""
    if not actor.is_administrator:
        return actor.rights.get(project_id, frozenset())
    return reference.kept(f"possible:{project_id}", "people", lambda: _possible_in(project_id))


def _possible_in(project_id: int) -> frozenset[str]:
    project = Project.objects.filter(pk=project_id).first()
    return _possible(project) if project is not None else frozenset()
