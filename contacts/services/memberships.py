"""Make a contact a member, change its membership, end it.

The values of a membership are values of the contact. A level makes a member, a blank one ends the
membership; everything else is only said of members. At a level for bundles a member without a
bundle opens one and is its administrator.
"""

import calendar
from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from contacts.errors import Fault
from contacts.models import Bundle, Contact, Membership, MembershipLevel
from contacts.services.values import id_of

Values = Mapping[str, object]

# What is taken over as it is said: the field of the contact, and the column of its membership.
PLAIN = {
    "membership_status": "status",
    "member_since": "since",
    "renewal_due": "renewal_due",
    "is_membership_enabled": "is_enabled",
    "hides_profile": "hides_profile",
}
KEYS = frozenset({"membership_level", "bundle", "member_role", *PLAIN})
# A flag that is off tells nothing of somebody who is no member.
FLAGS = frozenset({"is_membership_enabled", "hides_profile"})


def membership_faults(contact: Contact, cleaned: Values) -> list[Fault]:
    """Return what is wrong with what a change says of the membership."""
    if KEYS.isdisjoint(cleaned):
        return []
    present = _present(contact)
    if _ends(cleaned):
        return _missing_level(cleaned, KEYS - FLAGS - {"membership_level"})
    if present is None and not _begins(cleaned):
        return _missing_level(cleaned, KEYS)
    return _bundle_faults(present, cleaned)


def settle_membership(contact: Contact, cleaned: Values) -> bool:
    """Store what a change says of the membership of a stored contact; tells if it says anything."""
    if KEYS.isdisjoint(cleaned):
        return False
    present = _present(contact)
    if _ends(cleaned):
        _end(present)
    elif present is not None:
        _store(present, cleaned)
    elif _begins(cleaned):
        _store(Membership(contact=contact, since=timezone.now()), cleaned)
    return True


def end_membership(contact: Contact) -> None:
    """End the membership of a contact that goes; its bundle goes with its last member."""
    _end(_present(contact))


def _present(contact: Contact) -> Membership | None:
    if not contact.pk:
        return None
    return Membership.objects.filter(contact=contact).select_related("level").first()


def _ends(cleaned: Values) -> bool:
    return "membership_level" in cleaned and cleaned["membership_level"] is None


def _begins(cleaned: Values) -> bool:
    return cleaned.get("membership_level") is not None or cleaned.get("bundle") is not None


def _missing_level(cleaned: Values, keys: frozenset[str]) -> list[Fault]:
    """Return a fault where something is said of a membership that there is not."""
    told = any(cleaned.get(key) not in (None, False) for key in keys)
    return [Fault("membership_level", "blank")] if told else []


def _bundle_faults(present: Membership | None, cleaned: Values) -> list[Fault]:
    bundle_id = id_of(cleaned.get("bundle"))
    if bundle_id is not None:
        return _joining_faults(present, cleaned, bundle_id)
    level = _level_of(present, cleaned)
    if cleaned.get("member_role") is not None and level.type != MembershipLevel.Type.BUNDLE:
        return [Fault("member_role", "not_allowed", {"value": cleaned["member_role"]})]
    return []


def _joining_faults(present: Membership | None, cleaned: Values, bundle_id: int) -> list[Fault]:
    """Return what keeps a contact out of a bundle: another level, or no space left."""
    # Locked, so that two who come at once do not take the same last space.
    bundle = Bundle.objects.filter(pk=bundle_id).select_for_update().select_related(None).first()
    if bundle is None:
        return [Fault("bundle", "unknown", {"value": bundle_id})]
    if cleaned.get("membership_level", bundle.level_id) != bundle.level_id:
        return [Fault("bundle", "not_allowed", {"value": bundle_id})]
    limit = bundle.level.bundle_limit
    is_in = present is not None and present.bundle_id == bundle_id
    if limit is not None and not is_in and bundle.members.count() >= limit:
        return [Fault("bundle", "too_large", {"limit": limit})]
    return []


def _level_of(present: Membership | None, cleaned: Values) -> MembershipLevel:
    """Return the level after a change: the one named, that of the bundle, or the present one."""
    level_id = id_of(cleaned.get("membership_level"))
    if level_id is not None:
        return MembershipLevel.objects.get(pk=level_id)
    bundle_id = id_of(cleaned.get("bundle"))
    if bundle_id is not None:
        return Bundle.objects.select_related("level").get(pk=bundle_id).level
    if present is None:
        raise LookupError("membership_level")  # told before as a fault
    return present.level


def _store(row: Membership, cleaned: Values) -> None:
    level = _level_of(row if row.pk else None, cleaned)
    is_new = row.pk is None
    had_level, had_renewal, had_bundle = row.level_id, row.renewal_due, row.bundle_id
    now = timezone.now()
    row.level = level
    for key, column in PLAIN.items():
        if key in cleaned:
            setattr(row, column, cleaned[key])
    # A status that is cleared is the first one.
    row.status = row.status or Membership.Status.ACTIVE
    if is_new and "renewal_due" not in cleaned:
        row.renewal_due = first_renewal(level, row.since or now)
    if had_level != level.pk:
        row.level_changed_at = now
    if had_renewal != row.renewal_due:
        row.renewal_changed_at = now
    _bundle(row, cleaned, moved=had_level != level.pk)
    row.save()
    _drop_if_empty(had_bundle)


def _bundle(row: Membership, cleaned: Values, *, moved: bool) -> None:
    """Put a member into the bundle that is named, keep it in its own, or open one for it."""
    stays = row.bundle_id
    if "bundle" in cleaned:
        row.bundle_id = id_of(cleaned["bundle"])
    elif moved:
        row.bundle = None
    if row.bundle_id is None:
        if row.level.type != MembershipLevel.Type.BUNDLE:
            row.role = None
            return
        row.bundle = Bundle.objects.create(level=row.level)
        row.role = Membership.Role.ADMINISTRATOR
        return
    kept = row.role if row.bundle_id == stays else None
    row.role = id_of(cleaned.get("member_role")) or kept or Membership.Role.MEMBER


def _end(present: Membership | None) -> None:
    if present is not None:
        present.delete()
        _drop_if_empty(present.bundle_id)


def _drop_if_empty(bundle_id: int | None) -> None:
    if bundle_id is not None and not Membership.objects.filter(bundle=bundle_id).exists():
        Bundle.objects.filter(pk=bundle_id).delete()


def first_renewal(level: MembershipLevel, since: datetime) -> date | None:
    """Return when a membership of a level has to be renewed first, or None for never."""
    if not level.renewal_months:
        return None
    begins = timezone.localdate(since) if timezone.is_aware(since) else since.date()
    months = begins.month - 1 + level.renewal_months
    year, month = begins.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(begins.day, last))
