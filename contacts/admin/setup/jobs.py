"""Jobs: what the server does beside answering, how far it is, and the button that stops it."""

from datetime import timedelta
from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from contacts.access import Actor
from contacts.access.visible_jobs import visible_jobs
from contacts.admin.address_book.importing import import_links
from contacts.admin.doors import title_of_door
from contacts.admin.messages import said, warned
from contacts.admin.navigation import Link
from contacts.admin.numbers import Figure, counted
from contacts.admin.records import Found, RecordAdmin, sliced
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column, Pick
from contacts.admin.undoing import left_of
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, NotFoundError
from contacts.jobs import definitions, find_definition
from contacts.models import Job
from contacts.services.background import cancel_job
from contacts.services.undoing import Left

TONES = {"done": "good", "failed": "bad", "waiting": "quiet", "cancelled": "quiet", "running": ""}
REFRESH_IN_SECONDS = 5
REMEMBERED = timedelta(days=7)
# What came of a job, by the names under which jobs store it.
RESULTS = {
    "accepted": gettext_lazy("Would be taken in"),
    "imported": gettext_lazy("Taken in"),
    "would_change": gettext_lazy("Known contacts that would be changed"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Known contacts to which nothing is new"),
    "passed_over": gettext_lazy("Known contacts passed over"),
    "to_decide": gettext_lazy("Known contacts left for you to decide"),
    "repeated": gettext_lazy("Repeated in the file"),
    "rejected": gettext_lazy("Refused rows"),
    "refused": gettext_lazy("Refused"),
    "found": gettext_lazy("Looked at"),
    "mails": gettext_lazy("E-mails"),
    "forgotten": gettext_lazy("Files deleted"),
    "searches": gettext_lazy("Searches forgotten"),
    "answers": gettext_lazy("Answers forgotten"),
    "jobs": gettext_lazy("Jobs forgotten"),
    "deliveries": gettext_lazy("Deliveries forgotten"),
    "requests": gettext_lazy("Requests forgotten"),
    "contacts": gettext_lazy("Contacts"),
    "deals": gettext_lazy("Deals"),
    "tickets": gettext_lazy("Tickets"),
    "activities": gettext_lazy("Activities"),
    "uploads": gettext_lazy("Files"),
}


def title_of(job: Job) -> str | Promise:
    """Return what people call a kind of job."""
    definition = find_definition(job.name)
    return definition.title if definition else job.name


def progress_of(job: Job) -> str:
    """Return how far a job is."""
    if job.total:
        numbers = {"done": job.done, "total": job.total, "percent": 100 * job.done // job.total}
        return _("%(done)s of %(total)s (%(percent)s %%)") % numbers
    return str(job.done) if job.done else ""


def state_of(job: Job) -> str | Promise:
    """Return where a job stands, with a wish to cancel it that was not met yet."""
    if job.cancel_asked_at and not job.is_finished:
        return _("being cancelled")
    return job.Status(job.status).label


def undo_of(job: Job) -> str:
    """Return the request under which what a job did can be taken back, or ""."""
    is_for_good = job.parameters.get("action") == "delete"
    if not job.is_finished or not job.done or is_for_good:
        return ""
    name = {"change_contacts": "undo", "import": "undo", "undo_changes": "own_request"}.get(
        job.name, ""
    )
    return str(job.parameters.get(name, ""))


def result_of(job: Job) -> list[tuple[str | Promise, object]]:
    """Return the numbers that came of a job with their names, always in the same order."""
    known = [name for name in RESULTS if name in job.result]
    others = [name for name in job.result if name not in RESULTS]
    return [
        (RESULTS.get(name, name), job.result[name])
        for name in (*known, *others)
        if not isinstance(job.result[name], list)
    ]


def left_contacts(actor: Actor, job: Job) -> list[tuple[int, str, str]]:
    """Return the contacts that a job could not take back: number, name, why."""
    found = job.result.get("left", [])
    return left_of(
        actor, [Left(each["contact_id"], tuple(each["keys"]), each["is_edited"]) for each in found]
    )


def is_sent_file(job: Job) -> bool:
    """Tell whether a job takes in a file that somebody sent in the browser, and has ended."""
    return job.name == "import" and job.dialect == "browser" and job.is_finished


@admin.register(Job, site=site)
class JobAdmin(RecordAdmin):
    """Administrators see all jobs, others those that they started."""

    section: ClassVar[str] = "setup"
    order: ClassVar[int] = 90
    icon: ClassVar[str] = "history"
    can_add: ClassVar[bool] = False
    can_remove: ClassVar[bool] = False
    is_deep: ClassVar[bool] = True
    list_template: ClassVar[str] = "admin/setup/jobs.html"
    intro = gettext_lazy("What the server does beside answering requests: the newest first.")
    empty = gettext_lazy("Nothing has been started yet.")
    columns = (
        Column(gettext_lazy("Job"), lambda job: Cell(title_of(job))),
        Column(gettext_lazy("State"), lambda job: Cell(state_of(job), tone=TONES[job.status])),
        Column(gettext_lazy("Progress"), lambda job: Cell(progress_of(job))),
        Column(gettext_lazy("Message"), lambda job: Cell(job.message or job.error)),
        Column(
            gettext_lazy("Started by"),
            lambda job: Cell(job.user.name if job.user else title_of_door(job.dialect)),
        ),
        Column(gettext_lazy("Created"), lambda job: Cell(moment=job.created_at)),
    )

    def screens(self) -> list[URLPattern]:
        """Return the list, the page of one, and the button that stops it."""
        return [
            self.screen("", self.list_screen, "changelist"),
            self.screen("<int:record_id>/", self.record_screen, "page"),
            self.screen("<int:record_id>/cancel/", require_POST(self.cancel_screen), "cancel"),
        ]

    def links(self, request: HttpRequest) -> list[Link]:
        """Offer the list to administrators; others come from what they started."""
        return super().links(request) if actor_of_request(request).is_administrator else []

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many jobs have failed of late."""
        since = timezone.now() - REMEMBERED
        failed = visible_jobs(actor_of_request(request)).filter(
            status=Job.Status.FAILED, finished_at__gte=since
        )
        number = failed.count()
        if not number:
            return []
        url = f"{self.address('changelist')}?state={Job.Status.FAILED}"
        label = ngettext("job failed this week", "jobs failed this week", number)
        return [Figure(label, counted(number), url, is_urgent=True)]

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the states and the kinds."""
        kinds = [(each.name, each.title) for each in definitions()]
        return [
            Pick("state", _("State"), Job.Status.choices),
            Pick("kind", _("Job"), sorted(kinds, key=lambda kind: str(kind[1]))),
        ]

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return the newest first."""
        rows = visible_jobs(actor_of_request(request)).select_related("user")
        if "state" in asked.chosen:
            rows = rows.filter(status=asked.chosen["state"])
        if "kind" in asked.chosen:
            rows = rows.filter(name=asked.chosen["kind"])
        return sliced(rows, asked)

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Return whether something is under way that is worth looking at again."""
        running = visible_jobs(actor_of_request(request)).filter(status=Job.Status.RUNNING)
        return {"refresh": REFRESH_IN_SECONDS if running.exists() else 0}

    def get(self, actor: Actor, record_id: int) -> Job:
        """Return one job; raises NotFoundError."""
        found = visible_jobs(actor).select_related("user").filter(pk=record_id).first()
        if found is None:
            raise NotFoundError("job", record_id)
        return found

    def name_of(self, record: Job) -> str:
        """Return the kind with the number."""
        return f"{title_of(record)} #{record.pk}"

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show how far a job is, and what came of it."""
        job = self.get(actor_of_request(request), record_id)
        context: dict[str, object] = {
            "title": self.name_of(job),
            "job": job,
            "state": state_of(job),
            "tone": TONES[job.status],
            "progress": progress_of(job),
            "door": title_of_door(job.dialect),
            "result": result_of(job),
            "left": left_contacts(actor_of_request(request), job),
            "steps": self.steps(None),
            "refresh": 0 if job.is_finished else REFRESH_IN_SECONDS,
            "undo": undo_of(job),
            "imported": import_links(job.parameters["path"]) if is_sent_file(job) else {},
            "cancel_url": "" if job.is_finished else self.address("cancel", record_id),
        }
        return self.page(request, "admin/setup/job.html", context)

    def cancel_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Cancel a job and show it again."""
        try:
            cancel_job(actor_of_request(request), record_id)
        except ConflictError:
            warned(request, _("It had ended already."))
        else:
            said(request, _("The job is cancelled. A running one ends before its next step."))
        return HttpResponseRedirect(self.address("page", record_id))
