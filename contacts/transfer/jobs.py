"""The import of a file as a job, which any worker on this machine goes on with."""

from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from contacts.jobs import HopelessError, Work, job
from contacts.services.background import actor_of_job
from contacts.transfer.importing import import_file, placed_in
from contacts.transfer.reading import FormatError

IMPORT = "import"


@job(IMPORT, title=_("Import contacts"))
def import_contacts(
    work: Work, *, path: str, file_format: str, project: int | None = None
) -> Mapping[str, int]:
    """Take the contacts of a file in."""
    actor = placed_in(actor_of_job(work), project)
    try:
        return import_file(work, actor, Path(path), file_format)
    except (FormatError, OSError) as error:
        raise HopelessError(str(error)) from error
