"""Which tags are in use."""

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.fields.reference import Named
from contacts.models import ContactTag, Tag


def tags_in_use(actor: Actor) -> list[Named]:
    """Return the tags of those contacts that the actor sees, by name; one statement."""
    seen = ContactTag.objects.filter(contact_id__in=visible_contacts(actor).values("pk"))
    tags = Tag.objects.filter(pk__in=seen.values("tag_id")).order_by("name_key", "pk")
    return [Named(*row) for row in tags.values_list("id", "name", "name_key", "color")]
