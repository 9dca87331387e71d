"""Make new contacts, one or many: first everything is checked, then all rows are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts import index
from contacts.access import Actor
from contacts.errors import DomainError, ForbiddenError
from contacts.fields import catalogue
from contacts.fields.text import key_of
from contacts.index import ContactParts, Document
from contacts.index.making import new_row
from contacts.index.reserving import Reserved
from contacts.index.sending import check_references
from contacts.models import Contact, CustomValue
from contacts.services import companies
from contacts.services.carrying import carry_new_names
from contacts.services.channels import MODELS, items_of, new_channels
from contacts.services.contact_rows import require_identifier_free
from contacts.services.contact_values import assign_values, checked_values
from contacts.services.custom_values import new_custom_values, with_defaults
from contacts.services.facts import new_facts
from contacts.services.group_members import replace_groups
from contacts.services.loading import settle_loaded, store_rows
from contacts.services.memberships import KEYS as MEMBERSHIP
from contacts.services.memberships import settle_membership
from contacts.services.pictures import take_files
from contacts.services.placing import projects_for_new
from contacts.services.tags import tag_ids_of
from contacts.services.values import ids_of

Values = Mapping[str, object]
# Of what kind something is by which contacts are found, and what it is.
Name = tuple[str, object]

# Of many so many are stored together: while the database does it, the next are checked.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new contact that may be stored, with the rows that it will have."""

    parts: ContactParts
    cleaned: Mapping[str, object]

    def may_be_refused(self) -> bool:
        """Tell whether it may turn out only when it is stored that it cannot be."""
        return bool(
            self.parts.contact.external_identifier
            or self.cleaned.get("groups")
            or "avatar" in self.cleaned
            or not MEMBERSHIP.isdisjoint(self.cleaned)
        )


def require_may_add(actor: Actor) -> None:
    """Raise ForbiddenError for whoever may add contacts nowhere."""
    actor.require_write()
    if not actor.has_anywhere("add_contacts"):
        raise ForbiddenError("add_contacts", "contact")


def prepare(
    actor: Actor,
    values: Values,
    *,
    entry_channel: str = "",
    find: companies.Find | None = None,
    now: datetime | None = None,
) -> Prepared:
    """Check the values of a new contact; nothing is stored. `find` finds its company by name.

    Those that are made at once are of one moment.

    Raises ForbiddenError, InvalidError.
    """
    require_may_add(actor)
    now = now or timezone.now()
    contact = new_row(
        Contact,
        created_at=now,
        updated_at=now,
        author_id=actor.user_id,
        entry_channel=entry_channel or actor.dialect,
    )
    cleaned = checked_values(actor, contact, values)
    project_ids = projects_for_new(actor, ids_of(cleaned.get("projects")))
    cleaned = with_defaults("contact", {**cleaned, "projects": tuple(project_ids)})
    parts = ContactParts(contact, project_ids=project_ids)
    parts.company_ids = assign_values(actor, contact, cleaned, find) or []
    for key in MODELS:
        if key in cleaned:
            setattr(parts, key, new_channels(contact, key, items_of(cleaned, key)))
    custom: list[CustomValue] = new_custom_values("contact", cleaned)  # type: ignore[assignment]  # of contacts
    parts.custom, parts.facts = custom, new_facts("contact", cleaned)  # type: ignore[assignment]  # the same
    return Prepared(parts, cleaned)


def store_prepared(actor: Actor, batch: Sequence[Prepared]) -> list[Document]:
    """Store new contacts within a transaction and return their documents.

    Raises InvalidError where somebody took the identifier of the only one meanwhile.
    """
    _store_truth(actor, batch)
    return _settle(actor, batch)


def _store_truth(actor: Actor, batch: Sequence[Prepared], reserved: Reserved | None = None) -> None:
    """Store the rows of new contacts, and what of them may fail."""
    rows = [each.parts for each in batch]
    for each in batch:
        # Whatever an earlier attempt has left.
        each.parts.group_ids, each.parts.membership = [], None
        tags = each.cleaned.get("tags")
        # A new one is made here, to go again with the contact where that cannot be stored.
        each.parts.tag_ids = tag_ids_of(tags) if isinstance(tags, tuple) else []
    if any(parts.contact.external_identifier for parts in rows):
        try:
            with transaction.atomic():
                store_rows(rows, reserved)
        except IntegrityError:
            for each in batch:
                require_identifier_free(Contact(), each.cleaned)
            raise
    else:
        store_rows(rows, reserved)
    for each in batch:
        _store_ties(actor, each)


def _settle(actor: Actor, batch: Sequence[Prepared]) -> list[Document]:
    """Store what follows from the rows of new contacts; returns their documents."""
    rows = [each.parts for each in batch]
    documents = settle_loaded(actor, rows)
    carry_new_names(actor, (parts.contact for parts in rows))
    return list(documents.values())


def _store_ties(actor: Actor, new: Prepared) -> None:
    """Store what few new contacts have and what has rules of its own: groups, membership, files."""
    contact, moved = new.parts.contact, []
    if new.cleaned.get("groups"):
        replace_groups(actor, contact, ids_of(new.cleaned["groups"]))
        moved.append("group_ids")
    if settle_membership(contact, new.cleaned):
        moved.append("membership")
    index.read_parts(new.parts, moved)
    take_files(actor, contact, new.cleaned, None)


@dataclass(slots=True)
class NewContacts:
    """New contacts on their way in, as many at once as do not depend on each other.

    A contact that names the company, the identifier or the unique value of one that is not stored
    yet waits until it is. Whoever names a company by the same name does not depend on each other.
    """

    actor: Actor
    entry_channel: str = ""
    waiting: dict[int, Prepared] = field(default_factory=dict)
    held: set[Name] = field(default_factory=set)
    sought: set[Name] = field(default_factory=set)
    outcomes: dict[int, Document | DomainError] = field(default_factory=dict)
    companies: dict[str, Contact | None] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)
    reserved: Reserved = field(default_factory=Reserved)

    def add_all(self, batch: Sequence[Values]) -> list[Document | DomainError]:
        """Create them; returns the document or the error of each."""
        self._find_companies(batch)
        for place, values in enumerate(batch):
            held, sought = set(_held(values)), set(_sought(values))
            if not (self.held.isdisjoint(held | sought) and self.sought.isdisjoint(held)):
                self._store(len(batch) - place)
                self._find_companies(batch[place:])
            try:
                self.waiting[place] = prepare(
                    self.actor,
                    values,
                    entry_channel=self.entry_channel,
                    find=self._find_company,
                    now=self.now,
                )
            except DomainError as error:
                self.outcomes[place] = error
                continue
            self.held |= held
            self.sought |= sought
            if len(self.waiting) >= AT_ONCE:
                self._store(len(batch) - place - 1)
        self._store()
        return [self.outcomes[place] for place in range(len(batch))]

    def _find_companies(self, batch: Sequence[Values]) -> None:
        names = [str(values["company"]) for values in batch if values.get("company")]
        self.companies = companies.find_companies(self.actor, names)

    def _find_company(self, name: str, but: int | None) -> Contact | None:
        key = key_of(name)
        if key in self.companies:
            return self.companies[key]
        return companies.find_company(self.actor, name, but=but)

    def _store(self, following: int = 0) -> None:
        """Store those that wait; so many more are following.

        Only what may fail has a savepoint. Under one, rows of the search text take SQLite longer
        the more was written before them: with two thousand contacts, five times as long as the
        rest.
        """
        waiting = list(self.waiting.values())
        if not waiting:
            return
        self.reserved.times = 1 + following / len(waiting)
        if any(each.may_be_refused() for each in waiting):
            try:
                with transaction.atomic():
                    _store_truth(self.actor, waiting, self.reserved)
            except (IntegrityError, DomainError):
                self._store_singly()
        else:
            _store_truth(self.actor, waiting, self.reserved)
        documents = _settle(self.actor, list(self.waiting.values()))
        check_references()
        self.outcomes |= dict(zip(self.waiting, documents, strict=True))
        self.waiting, self.held, self.sought = {}, set(), set()

    def _store_singly(self) -> None:
        """Find out which of them it was that could not be stored, and store the others."""
        for place, each in list(self.waiting.items()):
            try:
                with transaction.atomic():
                    _store_truth(self.actor, [each])
            except DomainError as error:
                self.outcomes[place] = error
                del self.waiting[place]


def _held(values: Values) -> Iterator[Name]:
    """Yield what another contact may be found by while this one is checked."""
    if values.get("organization_name"):
        yield "company", key_of(str(values["organization_name"]))
    if values.get("external_identifier"):
        yield "external_identifier", values["external_identifier"]
    if not MEMBERSHIP.isdisjoint(values):
        # Bundles have so many places and no more.
        yield "bundle", values.get("bundle")
    for each in catalogue("contact").unique:
        if values.get(each.key):
            yield each.key, key_of(str(values[each.key]))


def _sought(values: Values) -> Iterator[Name]:
    """Yield what this contact finds another by."""
    if values.get("company"):
        yield "company", key_of(str(values["company"]))
