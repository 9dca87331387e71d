"""Make, rename, recolour, merge and delete tags.

Everybody puts tags on contacts, and makes tags. What a tag is concerns all contacts that have it,
also those that one does not see, so only its author and administrators change that.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visible_setup import visible_tags
from contacts.errors import Fault, ForbiddenError, InvalidError
from contacts.fields import reference
from contacts.fields.text import key_of
from contacts.models import ContactTag, Tag
from contacts.services.many_contacts import change_many, refresh_many
from contacts.services.records import Document, locked, trail_of, written
from contacts.services.setup import delete_setup, store_change, store_new
from contacts.services.tags import color_of
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "tag"


def create_tag(actor: Actor, values: Values) -> Document:
    """Create a tag that no contact has yet; raises ForbiddenError, InvalidError."""
    _require_right(actor, "create")
    with transaction.atomic():
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        key = key_of(str(cleaned.get("name") or ""))
        row = Tag(name_key=key, author_id=actor.user_id, created_at=timezone.now())
        require_no_faults(faults + _faults(row, cleaned))
        cleaned["color"] = cleaned.get("color") or color_of(row.name_key)
        document = store_new(actor, row, KIND, cleaned)
        reference.bump("tags")
        return document


def update_tag(actor: Actor, tag_id: int, values: Values) -> Document:
    """Rename or recolour a tag; the name of another tag is refused, see `merge_tags`.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, tag_id, by_author=True)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults + _faults(row, cleaned))
        was_named = row.name
        row.name_key = key_of(str(cleaned.get("name", row.name)))
        store_change(actor, row, KIND, cleaned)
        reference.bump("tags")
        if row.name != was_named:
            refresh_many(_contacts_with(row))
        return written(actor, row, KIND)


def merge_tags(actor: Actor, tag_ids: Sequence[int], into: int) -> Document:
    """Give the records of some tags another tag instead, and delete those tags.

    Raises NotFoundError, ForbiddenError, InvalidError where a tag would be merged into itself.
    """
    with transaction.atomic():
        target = _locked(actor, into)
        if into in tag_ids:
            raise InvalidError([Fault("into", "invalid", {"value": into})])
        sources = [_locked(actor, tag_id) for tag_id in dict.fromkeys(tag_ids)]
        for source in sources:
            before = trail_of(source, KIND)
            change_many(
                actor,
                _contacts_with(source),
                lambda ids, source=source: _retag(ids, source, target),  # type: ignore[misc]  # bound now
            )
            for kind in ("deals", "tickets", "activities", "documents"):
                getattr(target, kind).add(*getattr(source, kind).all())
            source_id = source.pk
            source.delete()
            after = {"merged_into": target.pk}
            history.record(actor, KIND, source_id, "merged", before=before, after=after)
        reference.bump("tags")
        return written(actor, target, KIND)


def delete_tag(actor: Actor, tag_id: int) -> None:
    """Take a tag off all contacts and delete it; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = _locked(actor, tag_id)
        links = ContactTag.objects.filter(tag=row)
        change_many(
            actor, _contacts_with(row), lambda ids: links.filter(contact_id__in=ids).delete()
        )
        delete_setup(actor, row, KIND)
        reference.bump("tags")


def _require_right(actor: Actor, action: str) -> None:
    actor.require_write()
    right = NEEDED[KIND, action]
    if not actor.has_anywhere(right):
        raise ForbiddenError(right, KIND)


def _locked(actor: Actor, tag_id: int, *, by_author: bool = False) -> Tag:
    row = locked(visible_tags(actor), KIND, tag_id)
    is_own = actor.user_id is not None and row.author_id == actor.user_id
    if by_author and is_own and not row.is_reserved:
        _require_right(actor, "update")
    else:
        actor.require_administrator()
    return row


def _contacts_with(tag: Tag) -> QuerySet[ContactTag, int]:
    return ContactTag.objects.filter(tag=tag).values_list("contact_id", flat=True)


def _retag(ids: list[int], source: Tag, target: Tag) -> None:
    there = ContactTag.objects.filter(tag=target, contact_id__in=ids)
    present = set(there.values_list("contact_id", flat=True))
    leaving = ContactTag.objects.filter(tag=source, contact_id__in=ids)
    leaving.filter(contact_id__in=present).delete()
    leaving.update(tag=target)


def _faults(row: Tag, cleaned: Values) -> list[Fault]:
    """Return a fault for the name of another tag; tags are compared as contacts' tags are."""
    key = key_of(str(cleaned.get("name") or ""))
    faults = [Fault("parent", "not_allowed")] if _is_above_itself(row, cleaned) else []
    if key and Tag.objects.filter(name_key=key).exclude(pk=row.pk).exists():
        faults.append(Fault("name", "taken", {"value": cleaned["name"]}))
    return faults


def _is_above_itself(row: Tag, cleaned: Values) -> bool:
    line: list[object] = [row.pk] if row.pk else []
    above = cleaned.get("parent")
    while above is not None:
        if above in line:
            return True
        line.append(above)
        parents = Tag.objects.filter(pk=above)  # type: ignore[misc]  # a cleaned id
        above = parents.values_list("parent_id", flat=True).first()
    return False
