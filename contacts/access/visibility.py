"""The one rule of who sees what.

A contact is seen, whatever the door, by

- administrators;
- with visibility "public": everybody who may view contacts in any project;
- with visibility "project": everybody who may view contacts in one of its projects;
- with visibility "private": its author, its owner and the owner's group, if they may view contacts
  in one of its projects, and whoever may view private contacts there.

The rule is stored as rows of `ContactAccess`: one per *principal* that sees the contact. A
principal is a number: 0 everybody, 1 the administrators (a row only where nobody else sees the
contact), 4p+1 the members of project p, 4p+2 those of them who may view private contacts, 4u+3 user
u, 4g user group g. Archived contacts, the contacts that users have of
their own, leads and converted leads stand on *shelves* apart: their rows have other numbers (-1-n,
n + 2**60 and so on), so that a list of the others never meets them.

Deals and tickets follow their project; notes follow what they are about; activities follow their
people and contacts.
"""

from collections.abc import Callable, Collection, Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from contacts.access.actor import Actor
from contacts.access.eyes import Eyes, rows_seen_by
from contacts.fields.storage.lookups import Compared, PerRow
from contacts.models import (
    Activity,
    ActivityContact,
    Attachment,
    Contact,
    ContactAccess,
    CustomField,
    CustomFieldGroup,
    Deal,
    DealCategory,
    DealStatus,
    Note,
    Pipeline,
    Project,
    ProjectMember,
    Role,
    Stage,
    Ticket,
    TicketCategory,
    User,
    UserGroup,
)

EVERYBODY = 0
ADMINISTRATORS = 1

LIVING, ARCHIVED, USERS, ARCHIVED_USERS = "living", "archived", "users", "archived users"
LEADS, CONVERTED = "leads", "converted"

# Where a living contact stands by its stage.
_STAGES: dict[str, str] = {
    Contact.Stage.CONTACT: LIVING,
    Contact.Stage.LEAD: LEADS,
    Contact.Stage.CONVERTED: CONVERTED,
}
SHELVES_OF_STAGES = frozenset(_STAGES.values())


def member_principal(project_id: int) -> int:
    """Return the principal of the members of a project."""
    return 4 * project_id + 1


def private_principal(project_id: int) -> int:
    """Return the principal of those who may view private contacts of a project."""
    return 4 * project_id + 2


def user_principal(user_id: int) -> int:
    """Return the principal of one user."""
    return 4 * user_id + 3


def group_principal(group_id: int) -> int:
    """Return the principal of one user group."""
    return 4 * group_id


def shelved(principals: Iterable[int], shelves: Iterable[str]) -> list[int]:
    """Return the numbers under which the principals see what stands on the shelves."""
    return [_SHELVES[shelf](principal) for shelf in shelves for principal in principals]


_SHELVES: dict[str, Callable[[int], int]] = {
    LIVING: lambda principal: principal,
    ARCHIVED: lambda principal: -1 - principal,
    ARCHIVED_USERS: lambda principal: -1 - principal - 2**60,
    USERS: lambda principal: principal + 2**60,
    LEADS: lambda principal: principal + 2**61,
    CONVERTED: lambda principal: principal + 2**61 + 2**60,
}


def shelves_of(*, archived: bool | None, users: bool, stage: str | None) -> list[str]:
    """Return the shelves that a list is read from; without a stage, those of all stages."""
    living = list(_STAGES.values()) if stage is None else [_STAGES[stage]]
    living += [USERS] * users
    trash = [ARCHIVED] + [ARCHIVED_USERS] * users
    if archived is None:
        return living + trash
    return trash if archived else living


def principals_seeing(contact: Contact, project_ids: Iterable[int]) -> set[int]:
    """Return the principals that see a contact: its rows of `ContactAccess`."""
    shelf = USERS if contact.is_user else _STAGES[contact.stage]
    if contact.archived_at:
        shelf = ARCHIVED_USERS if contact.is_user else ARCHIVED
    return set(shelved(principals_of(contact, project_ids) or {ADMINISTRATORS}, [shelf]))


def principals_of(contact: Contact, project_ids: Iterable[int]) -> set[int]:
    """Return the principals that see a contact wherever it stands."""
    if contact.visibility == Contact.Visibility.PUBLIC:
        return {EVERYBODY}
    if contact.visibility == Contact.Visibility.PROJECT:
        return {member_principal(pk) for pk in project_ids}
    seeing = {private_principal(pk) for pk in project_ids}
    seeing |= {user_principal(pk) for pk in (contact.author_id, contact.owner_id) if pk}
    if contact.owner_group_id:
        seeing.add(group_principal(contact.owner_group_id))
    return seeing


def shared_principals(actor: Actor) -> list[int]:
    """Return the principals that the actor has through projects, in ascending order."""
    viewing = actor.projects_with("view_contacts")
    if not viewing:
        return []
    shared = {EVERYBODY} | {member_principal(pk) for pk in viewing}
    shared |= {
        private_principal(pk) for pk in viewing & actor.projects_with("view_private_contacts")
    }
    return sorted(shared)


def personal_principals(actor: Actor) -> list[int]:
    """Return the principals of the actor itself and its user groups."""
    if actor.user_id is None:
        return []
    return [user_principal(actor.user_id), *map(group_principal, sorted(actor.group_ids))]


def contact_condition(
    actor: Actor,
    outer: str = "pk",
    *,
    archived: bool | None = False,
    users: bool = True,
    stage: str | None = None,
) -> Q:
    """Return the condition "the actor sees the contact whose id is `outer`".

    For anybody but an administrator it is also the condition that the contact stands on one of the
    shelves, which is all that is asked of where it stands if it `tells_all`.
    """
    if actor.is_administrator:
        return Q()
    rows = rows_checked(actor, archived=archived, users=users, stage=stage)
    if rows is None:
        return Q(pk__in=())
    return Q(PerRow(rows.filter(contact_id=OuterRef(outer))))


def rows_checked(
    actor: Actor, *, archived: bool | None, users: bool, stage: str | None
) -> QuerySet[ContactAccess] | None:
    """Return the rows by which contacts are seen, to be looked up by contact; None sees nothing."""
    eyes = eyes_of(actor, shelves_of(archived=archived, users=users, stage=stage))
    return None if eyes is None else rows_seen_by(eyes)


def eyes_of(actor: Actor, shelves: Collection[str]) -> Eyes | None:
    """Return by what anybody but an administrator sees what stands there; None sees nothing."""
    viewing = actor.projects_with("view_contacts")
    if not viewing:
        return None
    shared, personal = shared_principals(actor), personal_principals(actor)
    return Eyes(shelved(shared, shelves), shelved(personal, shelves), sorted(viewing))


def visible_contacts(
    actor: Actor, *, archived: bool | None = False, users: bool = True, stage: str | None = None
) -> QuerySet[Contact]:
    """Return the contacts that an actor sees: living ones, archived ones, or all (None).

    Without `users` the contacts that users have of their own are left out; with a `stage` those of
    other stages.
    """
    condition = contact_condition(actor, archived=archived, users=users, stage=stage)
    if tells_all(actor, archived=archived, users=users, stage=stage):
        return Contact.objects.order_by().filter(condition)
    return standing(archived=archived, users=users, stage=stage).filter(condition)


def tells_all(actor: Actor, *, archived: bool | None, users: bool, stage: str | None) -> bool:
    """Tell whether a row of access says where its contact stands, which then is not looked at."""
    is_told = stage is None or (archived is False and not users)
    return is_told and not actor.is_administrator


def standing(*, archived: bool | None, users: bool, stage: str | None) -> QuerySet[Contact]:
    """Return everything that stands on the shelves, whoever sees it."""
    contacts = Contact.objects.order_by()
    if not users:
        contacts = contacts.filter(is_user=False)
    if stage is not None:
        # SQLite would take it for something that few have, read everybody and sort them.
        contacts = contacts.filter(Exact(Compared(F("stage")), stage))
    if archived is None:
        return contacts
    return contacts.filter(archived_at__isnull=not archived)


def visible_deals(actor: Actor, *, archived: bool = False) -> QuerySet[Deal]:
    """Return the deals that an actor sees: living ones or archived ones."""
    deals = Deal.objects.filter(archived_at__isnull=not archived).order_by()
    if actor.is_administrator:
        return deals
    return deals.filter(project_id__in=actor.projects_with("view_deals"))


def own_condition(actor: Actor) -> Q:
    """Return "the actor has written it, or owns it, itself or as one of a user group"."""
    own = Q(author_id=actor.user_id) | Q(owner_id=actor.user_id)
    return own | Q(owner_group_id__in=list(actor.group_ids))


def visible_tickets(actor: Actor, *, archived: bool = False) -> QuerySet[Ticket]:
    """Return the tickets that an actor sees; a private one only by its author and owners."""
    tickets = Ticket.objects.filter(archived_at__isnull=not archived).order_by()
    if actor.is_administrator:
        return tickets
    own = own_condition(actor)
    seen = tickets.filter(project_id__in=actor.projects_with("view_tickets"))
    return seen.filter(Q(is_private=False) | own)


def visible_notes(actor: Actor) -> QuerySet[Note]:
    """Return the notes about what an actor sees; a private one only by its author."""
    notes = Note.objects.order_by()
    if actor.is_administrator:
        living = Q(contact__isnull=False, contact__archived_at=None)
        living |= Q(deal__isnull=False, deal__archived_at=None)
        return notes.filter(living | Q(ticket__isnull=False, ticket__archived_at=None))
    about_contact = Q(contact__isnull=False, contact__archived_at=None) & contact_condition(
        actor, "contact_id"
    )
    about_deal = Q(deal_id__in=visible_deals(actor).values("pk"))
    about_ticket = Q(ticket_id__in=visible_tickets(actor).values("pk"))
    seen = notes.filter(about_contact | about_deal | about_ticket)
    return seen.filter(Q(is_private=False) | Q(author_id=actor.user_id))


def visible_activities(actor: Actor, *, archived: bool = False) -> QuerySet[Activity]:
    """Return the activities of the actor, of its projects, and with contacts that it sees."""
    activities = Activity.objects.filter(archived_at__isnull=not archived).order_by()
    if actor.is_administrator:
        return activities
    own = own_condition(actor)
    if actor.default_project_id is not None:
        # A key of one project does not lead to what its user does elsewhere.
        own &= Q(project_id=actor.default_project_id)
    in_projects = Q(project_id__in=actor.projects_with("view_activities"))
    if not actor.has_anywhere("view_activities"):
        return activities.filter(own)
    seen = ActivityContact.objects.filter(
        contact_condition(actor, "contact_id"), activity_id=OuterRef("pk")
    )
    return activities.filter(own | in_projects | Exists(seen))


def visible_projects(actor: Actor) -> QuerySet[Project]:
    """Return the projects that an actor is in, and public ones."""
    projects = Project.objects.order_by()
    if actor.is_administrator:
        return projects
    living = projects.exclude(status=Project.Status.ARCHIVED)
    return living.filter(Q(is_public=True) | Q(pk__in=list(actor.rights)))


def visible_deal_statuses(actor: Actor) -> QuerySet[DealStatus]:
    """Return the statuses of deals, for whoever sees deals anywhere."""
    statuses = DealStatus.objects.order_by()
    return statuses if actor.has_anywhere("view_deals") else statuses.none()


def visible_deal_categories(actor: Actor) -> QuerySet[DealCategory]:
    """Return the categories of deals in the projects whose deals an actor sees."""
    categories = DealCategory.objects.order_by()
    if actor.is_administrator:
        return categories
    return categories.filter(project_id__in=actor.projects_with("view_deals"))


def visible_pipelines(actor: Actor) -> QuerySet[Pipeline]:
    """Return the pipelines, for whoever sees deals anywhere."""
    pipelines = Pipeline.objects.order_by()
    return pipelines if actor.has_anywhere("view_deals") else pipelines.none()


def visible_stages(actor: Actor) -> QuerySet[Stage]:
    """Return the stages, for whoever sees deals anywhere."""
    stages = Stage.objects.order_by()
    return stages if actor.has_anywhere("view_deals") else stages.none()


def visible_ticket_categories(actor: Actor) -> QuerySet[TicketCategory]:
    """Return the categories of tickets in the projects whose tickets an actor sees."""
    categories = TicketCategory.objects.order_by()
    if actor.is_administrator:
        return categories
    return categories.filter(project_id__in=actor.projects_with("view_tickets"))


def visible_custom_fields(actor: Actor) -> QuerySet[CustomField]:
    """Return the definitions of the custom fields whose values an actor may read.

    The same rule as `access.readable.may_read`; administrators also see what is switched off.
    """
    fields = CustomField.objects.order_by()
    if actor.is_administrator:
        return fields
    active = fields.filter(is_active=True).exclude(access=CustomField.Access.ADMINISTRATORS)
    limits = CustomField.projects.through.objects.filter(customfield_id=OuterRef("pk"))
    own = limits.filter(project_id__in=list(actor.rights))
    return active.filter(~Q(Exists(limits)) | Q(Exists(own)))


def visible_custom_field_groups(actor: Actor) -> QuerySet[CustomFieldGroup]:
    """Return the groups of custom fields: titles are no secret."""
    return CustomFieldGroup.objects.order_by()


def visible_users(actor: Actor) -> QuerySet[User]:
    """Return the actor itself and the active users with whom it shares a project."""
    users = User.objects.order_by()
    if actor.is_administrator:
        return users
    members = ProjectMember.objects.filter(project_id__in=list(actor.rights))
    together = Q(pk__in=members.exclude(user=None).values("user_id"))
    by_group = Q(pk__in=members.exclude(group=None).values("group__users"))
    return users.filter(Q(pk=actor.user_id) | (Q(is_active=True) & (together | by_group)))


def visible_user_groups(actor: Actor) -> QuerySet[UserGroup]:
    """Return the user groups that an actor belongs to; all for administrators."""
    groups = UserGroup.objects.order_by()
    return groups if actor.is_administrator else groups.filter(pk__in=actor.group_ids)


def visible_roles(actor: Actor) -> QuerySet[Role]:
    """Return the roles: what there is to be is no secret."""
    return Role.objects.order_by()


def visible_members(actor: Actor) -> QuerySet[ProjectMember]:
    """Return the members of the projects that an actor is in."""
    members = ProjectMember.objects.order_by()
    return members if actor.is_administrator else members.filter(project_id__in=list(actor.rights))


def visible_attachments(actor: Actor, *, archived: bool | None = False) -> QuerySet[Attachment]:
    """Return the files of records that an actor sees, and its own uploads that are not used yet.

    Documents are seen in their projects by whoever may view contacts there, and by their owners.
    `archived` says of which contacts: the living, the archived or both (None).
    """
    own = Q(author_id=actor.user_id) if actor.user_id is not None else Q(author__isnull=True)
    unused = Q(contact=None, deal=None, note=None, ticket=None, is_document=False) & own
    document = Q(is_document=True)
    if not actor.is_administrator:
        inside = Q(project_id__in=actor.projects_with("view_contacts"))
        document &= inside | own_condition(actor)
    of_contact = Q(contact__isnull=False)
    if archived is not None:
        of_contact &= Q(contact__archived_at__isnull=not archived)
    return Attachment.objects.order_by().filter(
        unused
        | document
        | (of_contact & contact_condition(actor, "contact_id", archived=archived))
        | Q(deal_id__in=visible_deals(actor).values("pk"))
        | Q(note_id__in=visible_notes(actor).values("pk"))
        | Q(ticket_id__in=visible_tickets(actor).values("pk"))
    )


def visible_documents(actor: Actor) -> QuerySet[Attachment]:
    """Return the files that an actor sees, without the uploads that are not used yet."""
    unused = Q(contact=None, deal=None, note=None, ticket=None, is_document=False)
    return visible_attachments(actor).exclude(unused)
