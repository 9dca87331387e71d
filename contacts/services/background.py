"""Start work that outlives the request, on behalf of whoever asked, and stop it."""

from collections.abc import Mapping
from datetime import datetime

from contacts.access import Actor, actor_of, require_usable, system_actor
from contacts.access.visible_jobs import visible_jobs
from contacts.errors import ConflictError, ForbiddenError, NotFoundError
from contacts.jobs import Origin, Work, ask_to_cancel, enqueue


def start_job(
    actor: Actor,
    name: str,
    parameters: Mapping[str, object] | None = None,
    *,
    key: str = "",
    at: datetime | None = None,
) -> int:
    """Put in a job that acts for this actor and return its number.

    Whether the actor may do what the job does is the caller's to check; the job asks again.
    """
    origin = Origin(actor.user_id, actor.credential_id, actor.dialect)
    return enqueue(name, parameters, origin=origin, key=key, at=at).pk


def actor_of_job(work: Work) -> Actor:
    """Return for whom a job acts, with the rights of now; the system for nobody.

    Raises AuthenticationError or ForbiddenError when the user or the credential is shut out by now.
    """
    job = work.job
    if job.user is None:
        return system_actor(job.dialect)
    if not job.user.is_active:
        raise ForbiddenError("sign_in", "user")
    if job.credential is not None:
        require_usable(job.credential)
    return actor_of(job.user, credential=job.credential, dialect=job.dialect)


def cancel_job(actor: Actor, job_id: int) -> None:
    """Cancel a job; one that runs stops before its next step.

    Raises NotFoundError for one that the actor does not see, ConflictError for a finished one.
    """
    actor.require_write()
    if not visible_jobs(actor).filter(pk=job_id).exists():
        raise NotFoundError("job", job_id)
    if not ask_to_cancel(job_id):
        raise ConflictError("finished")
