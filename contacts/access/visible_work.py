"""Who sees products, the products of deals, comments, and what ties activities to others."""

from typing import Any

from django.db.models import Q, QuerySet

from contacts.access.actor import Actor
from contacts.access.visibility import visible_activities, visible_deals, visible_notes
from contacts.access.visible_channels import of_living
from contacts.models import Activity, ActivityContact, Comment, DealProduct, Note, Product


def notes_about_seen(actor: Actor) -> QuerySet[Note]:
    """Return `visible_notes`, for notes about living records that the actor is known to see."""
    notes = Note.objects.order_by()
    if actor.is_administrator:
        return notes
    return notes.filter(Q(is_private=False) | Q(author_id=actor.user_id))


def activities_with_seen(actor: Actor) -> QuerySet[Activity]:
    """Return `visible_activities`, for those with living contacts that the actor is known to see.

    These contacts show the activities to whoever may view any.
    """
    if not actor.has_anywhere("view_activities"):
        return visible_activities(actor)
    return Activity.objects.filter(archived_at__isnull=True).order_by()


def visible_products(actor: Actor, *, archived: bool = False) -> QuerySet[Product]:
    """Return the products, for whoever sees deals anywhere."""
    products = Product.objects.filter(archived_at__isnull=not archived).order_by()
    return products if actor.has_anywhere("view_deals") else products.none()


def visible_deal_products(actor: Actor) -> QuerySet[DealProduct]:
    """Return the products of the deals that an actor sees."""
    return DealProduct.objects.filter(deal_id__in=visible_deals(actor).values("pk")).order_by()


def visible_comments(actor: Actor) -> QuerySet[Comment]:
    """Return the comments about the notes and activities that an actor sees."""
    about_note = Q(note_id__in=visible_notes(actor).values("pk"))
    about_activity = Q(activity_id__in=visible_activities(actor).values("pk"))
    return Comment.objects.filter(about_note | about_activity).order_by()


def visible_activity_parts(actor: Actor) -> QuerySet[ActivityContact]:
    """Return what the living contacts that an actor sees are in the activities that it sees."""
    seen = Q(activity_id__in=visible_activities(actor).values("pk"))
    return ActivityContact.objects.filter(of_living(actor), seen).order_by()


def visible_activity_tags(actor: Actor) -> QuerySet[Any]:  # a table of links
    """Return which tags are on the activities that an actor sees."""
    links = Activity.tags.through._default_manager
    return links.filter(activity_id__in=visible_activities(actor).values("pk")).order_by()
