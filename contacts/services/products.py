"""Keep what is sold: create, change, copy, archive, restore and delete products.

Products belong to no project. Whoever may add, change or delete deals anywhere may do the same to
products.
"""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.access.visible_work import visible_products
from contacts.errors import Fault, ForbiddenError, InvalidError
from contacts.fields.text import key_of
from contacts.models import Product
from contacts.services.custom_values import replace_custom_values, with_defaults
from contacts.services.records import Document, assign, locked, trail_of, written
from contacts.services.trash import set_archived
from contacts.services.uniqueness import unique_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "product"
NAME_LENGTH = 255


def create_product(actor: Actor, values: Values) -> Document:
    """Create a product; raises ForbiddenError, InvalidError."""
    _require(actor, "create")
    with transaction.atomic():
        now = timezone.now()
        row = Product(author_id=actor.user_id, created_at=now, updated_at=now)
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + _faults(row, cleaned))
        _store(row, with_defaults(KIND, cleaned))
        history.record(actor, KIND, row.pk, "created", after=trail_of(row, KIND))
        return written(actor, row, KIND)


def update_product(actor: Actor, product_id: int, values: Values) -> Document:
    """Change what the values name; the products of deals stay what they were.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, product_id, "update")
        before = trail_of(row, KIND)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults + _faults(row, cleaned))
        row.updated_at = timezone.now()
        _store(row, cleaned)
        history.record(actor, KIND, row.pk, "updated", before=before, after=trail_of(row, KIND))
        return written(actor, row, KIND)


def copy_product(actor: Actor, product_id: int, *, suffix: str = "(copy)") -> Document:
    """Create a product like another one, without its article number: that is once only.

    Raises NotFoundError, ForbiddenError.
    """
    _require(actor, "create")
    with transaction.atomic():
        row = _locked(actor, product_id, "update")
        now = timezone.now()
        row.pk, row.sku, row.author_id = None, "", actor.user_id
        row.created_at = row.updated_at = now
        row.name = _free_name(row.name, suffix)
        row.name_key = key_of(row.name)
        row._state.adding = True
        row.save(force_insert=True)
        history.record(actor, KIND, row.pk, "created", after=trail_of(row, KIND))
        return written(actor, row, KIND)


def archive_product(actor: Actor, product_id: int) -> Document:
    """Put a product into the trash; raises NotFoundError, ForbiddenError."""
    with transaction.atomic():
        row = _locked(actor, product_id, "archive")
        return set_archived(actor, row, KIND, archived=True, contact_id=None)


def restore_product(actor: Actor, product_id: int) -> Document:
    """Take a product out of the trash.

    Raises InvalidError where another one has its name or number by now; NotFoundError,
    ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, product_id, "restore", archived=True)
        require_no_faults(_faults(row, {"name": row.name, "sku": row.sku}))
        return set_archived(actor, row, KIND, archived=False, contact_id=None)


def delete_product(actor: Actor, product_id: int) -> None:
    """Delete an archived product for good; deals keep their lines.

    Raises NotFoundError for one that is not in the trash, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, product_id, "delete", archived=True)
        before = trail_of(row, KIND)
        row.delete()
        history.record(actor, KIND, product_id, "deleted", before=before)


def _require(actor: Actor, action: str) -> None:
    actor.require_write()
    right = NEEDED[KIND, action]
    if not actor.has_anywhere(right):
        raise ForbiddenError(right, KIND)


def _locked(actor: Actor, product_id: int, action: str, *, archived: bool = False) -> Product:
    row = locked(visible_products(actor, archived=archived), KIND, product_id)
    _require(actor, action)
    return row


def _store(row: Product, cleaned: Values) -> None:
    assign(row, KIND, cleaned)
    row.name_key = key_of(row.name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody took the name or the number since they were looked for.
        raise InvalidError([Fault("name", "taken", {"value": row.name})]) from None
    replace_custom_values(KIND, row.pk, cleaned)


def _faults(row: Product, cleaned: Values) -> list[Fault]:
    others = Product.objects.filter(archived_at=None).exclude(pk=row.pk)
    faults = unique_faults(KIND, row.pk, cleaned)
    name, sku = str(cleaned.get("name") or ""), str(cleaned.get("sku") or "")
    if name and others.filter(name_key=key_of(name)).exists():
        faults.append(Fault("name", "taken", {"value": name}))
    if sku and others.filter(sku=sku).exists():
        faults.append(Fault("sku", "taken", {"value": sku}))
    return faults


def _free_name(name: str, suffix: str) -> str:
    """Return a name that no living product has."""
    taken = set(Product.objects.filter(archived_at=None).values_list("name_key", flat=True))
    number, ending = 1, suffix
    while True:
        free = f"{name[: NAME_LENGTH - len(ending) - 1]} {ending}"
        if key_of(free) not in taken:
            return free
        number += 1
        ending = f"{suffix} {number}"
