"""The import of a file as a job, which any worker on this machine goes on with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from contacts.jobs import HopelessError, Work, job
from contacts.services.background import actor_of_job
from contacts.transfer.importing import Source, import_file, placed_in
from contacts.transfer.saying import said_of
from contacts.transfer.tables import FormatError
from contacts.transfer.uploads import forget_uploads

IMPORT = "import"


@job(IMPORT, title=_("Import contacts"))
def import_contacts(  # noqa: PLR0913  # what is said of an import
    work: Work,
    *,
    path: str,
    said: Mapping[str, object],
    name: str = "",
    project: int | None = None,
    rehearses: bool = False,
    undo: str = "",
) -> Mapping[str, int]:
    """Take the contacts of a file in.

    `undo` is the request under which all of them can be taken back, where there is one.
    """
    actor = replace(placed_in(actor_of_job(work), project), request_id=undo)
    source = Source(Path(path), said_of(said), name or Path(path).name)
    try:
        return import_file(work, actor, source, rehearses=rehearses)
    except (FormatError, OSError) as error:
        raise HopelessError(str(error)) from error


@job("forget_uploads", title=_("Forget imported files"), every=timedelta(days=1))
def forget_old_uploads(work: Work) -> Mapping[str, int]:
    """Delete the files that were sent to be imported some days ago."""
    return {"forgotten": forget_uploads()}
