"""Make and change the folders in which documents lie."""

from collections.abc import Mapping

from django.db import transaction

from contacts.access import Actor
from contacts.access.visible_setup import visible_folders
from contacts.errors import ConflictError, ForbiddenError
from contacts.models import Folder
from contacts.services.records import Document, locked
from contacts.services.setup import delete_setup, store_change, store_new, taken_faults
from contacts.services.values import check_values, require_no_faults

Values = Mapping[str, object]

KIND = "folder"
RIGHT = "add_contacts"


def create_folder(actor: Actor, values: Values) -> Document:
    """Make a folder; whoever may add contacts anywhere may. Raises ForbiddenError, InvalidError."""
    actor.require_write()
    if not actor.has_anywhere(RIGHT):
        raise ForbiddenError(RIGHT, KIND)
    with transaction.atomic():
        row = Folder(author_id=actor.user_id)
        cleaned, faults = check_values(actor, KIND, values, creating=True)
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        return store_new(actor, row, KIND, cleaned)


def update_folder(actor: Actor, folder_id: int, values: Values) -> Document:
    """Change a folder of one's own, or any as an administrator.

    Raises NotFoundError, ForbiddenError, InvalidError.
    """
    with transaction.atomic():
        row = _locked(actor, folder_id)
        cleaned, faults = check_values(actor, KIND, values, creating=False)
        require_no_faults(faults + taken_faults(row, "name", cleaned))
        return store_change(actor, row, KIND, cleaned)


def delete_folder(actor: Actor, folder_id: int) -> None:
    """Delete an empty folder.

    Raises ConflictError: "in_use" while documents lie in it, "last_one" for the only folder;
    NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        row = _locked(actor, folder_id)
        if row.documents.exists():
            raise ConflictError("in_use")
        if not Folder.objects.exclude(pk=row.pk).exists():
            raise ConflictError("last_one")
        delete_setup(actor, row, KIND)


def _locked(actor: Actor, folder_id: int) -> Folder:
    row = locked(visible_folders(actor), KIND, folder_id)
    actor.require_write()
    is_own = row.author_id is not None and row.author_id == actor.user_id
    if not (actor.is_administrator or (is_own and actor.has_anywhere(RIGHT))):
        raise ForbiddenError("administrator", KIND)
    return row
