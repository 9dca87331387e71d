"""Who sees tags, groups, options, saved filters, credentials and ties between contacts."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.access.actor import Actor
from contacts.access.visibility import contact_condition, visible_contacts
from contacts.access.visible_channels import of_living
from contacts.models import (
    Bundle,
    ContactTag,
    Credential,
    Currency,
    Folder,
    Group,
    GroupMember,
    Membership,
    MembershipLevel,
    Option,
    OptionList,
    Relationship,
    RelationshipType,
    SavedFilter,
    Tag,
)


def visible_tags(actor: Actor) -> QuerySet[Tag]:
    """Return the tags of contacts that an actor sees, and its own; all for administrators."""
    tags = Tag.objects.order_by()
    if actor.is_administrator:
        return tags
    seen = visible_contacts(actor).filter(pk=OuterRef("contact_id"))
    links = ContactTag.objects.filter(Exists(seen), tag_id=OuterRef("pk"))
    own = Q(author_id=actor.user_id, author__isnull=False)
    return tags.filter(own | Q(Exists(links)))


def visible_contact_tags(actor: Actor) -> QuerySet[ContactTag]:
    """Return which tags are on the living contacts that an actor sees."""
    return ContactTag.objects.filter(of_living(actor)).order_by()


def visible_groups(actor: Actor) -> QuerySet[Group]:
    """Return the groups of contacts, for whoever sees contacts anywhere: their names are shared."""
    groups = Group.objects.order_by()
    return groups if actor.has_anywhere("view_contacts") else groups.none()


def visible_group_members(actor: Actor, *, with_archived: bool = False) -> QuerySet[GroupMember]:
    """Return the memberships of the contacts that an actor sees, of living ones or of all."""
    condition = (
        contact_condition(actor, "contact_id", archived=None) if with_archived else of_living(actor)
    )
    return GroupMember.objects.filter(condition).order_by()


def visible_options(actor: Actor) -> QuerySet[Option]:
    """Return the options of all lists: what there is to choose from is no secret."""
    return Option.objects.order_by()


def visible_option_lists(actor: Actor) -> QuerySet[OptionList]:
    """Return the lists of options: what can be asked about is no secret."""
    return OptionList.objects.order_by()


def visible_saved_filters(actor: Actor) -> QuerySet[SavedFilter]:
    """Return an actor's own filters, and public ones of everywhere and of its projects."""
    filters = SavedFilter.objects.order_by()
    shared = Q(is_public=True)
    if not actor.is_administrator:
        shared &= Q(project=None) | Q(project_id__in=list(actor.rights))
    return filters.filter(Q(owner_id=actor.user_id, owner__isnull=False) | shared)


def visible_credentials(actor: Actor) -> QuerySet[Credential]:
    """Return an actor's own credentials; all for administrators.

    Whoever came with a credential of one project sees those of that project.
    """
    # What has no secret only remembers that a challenge was posed.
    credentials = Credential.objects.order_by().exclude(digest=None)
    if actor.default_project_id is not None:
        credentials = credentials.filter(project_id=actor.default_project_id)
    if actor.is_administrator:
        return credentials
    return credentials.filter(Q(user_id=actor.user_id), user__isnull=False)


def visible_relationships(actor: Actor) -> QuerySet[Relationship]:
    """Return the ties between contacts of which an actor sees both."""
    ties = Relationship.objects.order_by()
    first = visible_contacts(actor).filter(pk=OuterRef("contact_a_id"))
    second = visible_contacts(actor).filter(pk=OuterRef("contact_b_id"))
    return ties.filter(Exists(first), Exists(second))


def visible_relationship_types(actor: Actor) -> QuerySet[RelationshipType]:
    """Return the types of ties: what there is to choose from is no secret."""
    return RelationshipType.objects.order_by()


def visible_membership_levels(actor: Actor) -> QuerySet[MembershipLevel]:
    """Return the levels of membership: what there is to choose from is no secret."""
    return MembershipLevel.objects.order_by()


def visible_bundles(actor: Actor) -> QuerySet[Bundle]:
    """Return the bundles of which an actor sees a member."""
    bundles = Bundle.objects.order_by()
    if actor.is_administrator:
        return bundles
    seen = visible_contacts(actor, archived=None).filter(pk=OuterRef("contact_id"))
    members = Membership.objects.filter(Exists(seen), bundle_id=OuterRef("pk"))
    return bundles.filter(Exists(members))


def visible_folders(actor: Actor) -> QuerySet[Folder]:
    """Return the folders, for whoever may view contacts anywhere."""
    folders = Folder.objects.order_by()
    return folders if actor.has_anywhere("view_contacts") else folders.none()


def visible_currencies(actor: Actor) -> QuerySet[Currency]:
    """Return the currencies: what there is to choose from is no secret."""
    return Currency.objects.order_by()
