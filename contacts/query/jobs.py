"""Jobs as documents: how far work that outlives a request has come."""

from contacts.access import Actor
from contacts.access.visible_jobs import visible_jobs
from contacts.errors import NotFoundError
from contacts.index.documents import plain
from contacts.models import Job

Document = dict[str, object]

NAMES = (
    "id",
    "name",
    "status",
    "done",
    "total",
    "message",
    "error",
    "result",
    "created_at",
    "started_at",
    "finished_at",
)


def get_job(actor: Actor, job_id: int) -> Document:
    """Return a job that the actor may see; raises NotFoundError."""
    found = visible_jobs(actor).filter(pk=job_id).first()
    if found is None:
        raise NotFoundError("job", job_id)
    return job_document(found)


def job_document(job: Job) -> Document:
    """Return what may be told of a job; its parameters and its state are its own."""
    return {name: plain(getattr(job, name)) for name in NAMES}
