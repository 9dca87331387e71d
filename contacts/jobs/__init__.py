"""Work that outlives a request: its store and its runner.

A job is one function, registered in the module `jobs.py` of its room:

    @job("forget_sessions", title=_("Forget ended sessions"), every=timedelta(days=1))
    def forget_sessions(work: Work, *, limit: int = 1000) -> None:
        while some_are_left():
            with work.step():
                work.done += forget(limit)

and started with `enqueue`, in the transaction of what it belongs to. A worker (`manage.py worker`,
and one beside every server) takes it under a lease. What a step writes and how far the job is are
one transaction, so whoever goes on after a `kill -9` neither loses a step nor does one twice. What
a step does outside the database may be done again.
"""

from contacts.jobs.registry import Definition, definitions, find_definition, job
from contacts.jobs.running import PAGE_CACHE_OF_READERS, settle_in
from contacts.jobs.store import Origin, ask_to_cancel, enqueue, forget_finished
from contacts.jobs.work import HopelessError, Work
from contacts.jobs.worker import Worker, run_due, run_held

__all__ = [
    "PAGE_CACHE_OF_READERS",
    "Definition",
    "HopelessError",
    "Origin",
    "Work",
    "Worker",
    "ask_to_cancel",
    "definitions",
    "enqueue",
    "find_definition",
    "forget_finished",
    "job",
    "run_due",
    "run_held",
    "settle_in",
]
