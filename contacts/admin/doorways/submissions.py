"""What visitors sent through web forms: the inbox, with what waits for a decision first."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin.messages import said, warned
from contacts.admin.numbers import Figure, counted
from contacts.admin.records import Found, RecordAdmin, sliced
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column, Pick
from contacts.admin.visitors import actor_of_request
from contacts.admin.wording import sentence_of
from contacts.errors import InvalidError, NotFoundError
from contacts.fields import Field, catalogue
from contacts.models import Submission
from contacts.query.submissions import RIGHT, reviewable
from contacts.services.submissions import (
    accept_submission,
    reject_submission,
    replay_submission,
)

MOST_LETTERS = 80
TONES = {"accepted": "good", "held": "warn", "rejected": "bad"}
STATES = [
    ("held", gettext_lazy("held for review")),
    ("accepted", gettext_lazy("accepted")),
    ("rejected", gettext_lazy("rejected")),
]
REASONS = {
    "honeypot": gettext_lazy("A field that people do not see was filled in."),
    "untimed": gettext_lazy("It is not known how long filling in took."),
    "too_fast": gettext_lazy("It was filled in faster than people can."),
    "no_work": gettext_lazy("The browser did not calculate; perhaps it runs no scripts."),
    "work_repeated": gettext_lazy("What the browser calculated was sent before."),
    "blocked_word": gettext_lazy("It contains a blocked word."),
    "incomplete": gettext_lazy("Something is missing that the form does not ask for."),
}


def summary_of(submission: Submission) -> str:
    """Return in few words who sent something."""
    prepared = submission.prepared
    names = ("first_name", "last_name", "organization_name", "household_name", "company")
    words = [str(prepared[name]) for name in names if prepared.get(name)]
    if not words:
        words = [text_of(prepared[name]) for name in ("emails", "phones") if prepared.get(name)]
    return Truncator(" ".join(words)).chars(MOST_LETTERS) or _("Without a name")


def suspicion_cell(submission: Submission) -> Cell:
    """Return how much speaks against a submission; nothing for most."""
    score = submission.suspicion
    return Cell(_("%(score)s of 100") % {"score": score}, tone="warn") if score else Cell("")


def text_of(value: object) -> str:
    """Return a value as one line of text."""
    if isinstance(value, dict):
        return ", ".join(text_of(each) for each in value.values() if each not in (None, ""))
    if isinstance(value, list):
        return "; ".join(text_of(each) for each in value)
    return "" if value is None else str(value)


def said_by(submission: Submission) -> list[tuple[str, str]]:
    """Return what the contact is made from: the labels of the fields and their values."""
    known = catalogue("contact")
    rows = []
    for key, value in submission.prepared.items():
        field = known.find(key)
        rows.append((str(field.label) if field else key, _written(field, value)))
    return rows


def _written(field: Field | None, value: object) -> str:
    choice = field.choice_of(value) if field is not None else None
    return str(choice.label) if choice else text_of(value)


def _order(asked: Asked) -> list[str]:
    if not asked.sort:
        return ["-pk"]
    return [f"{'-' if asked.descending else ''}{asked.sort}", "-pk"]


@admin.register(Submission, site=site)
class SubmissionAdmin(RecordAdmin):
    """The inbox of web forms."""

    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 20
    icon: ClassVar[str] = "inbox"
    view_right: ClassVar[str] = RIGHT
    change_right: ClassVar[str] = RIGHT
    can_add: ClassVar[bool] = False
    can_remove: ClassVar[bool] = False
    is_deep: ClassVar[bool] = True
    intro = gettext_lazy("What visitors sent through your web forms.")
    empty = gettext_lazy("Nothing has been sent yet. Put a web form on your site to receive some.")
    columns = (
        Column(gettext_lazy("From"), lambda row: Cell(summary_of(row))),
        Column(gettext_lazy("Form"), lambda row: Cell(row.form.title)),
        Column(
            gettext_lazy("State"), lambda row: Cell(row.get_state_display(), tone=TONES[row.state])
        ),
        Column(
            gettext_lazy("Suspicion"),
            lambda row: suspicion_cell(row),
            sort="suspicion",
            is_number=True,
        ),
        Column(gettext_lazy("Received"), lambda row: Cell(moment=row.created_at), sort="id"),
    )

    def screens(self) -> list[URLPattern]:
        """Return the list, the page of one, and the decisions."""
        return [
            self.screen("", self.list_screen, "changelist"),
            self.screen("<int:record_id>/", self.record_screen, "page"),
            self.screen("<int:record_id>/decide/", require_POST(self.decide_screen), "decide"),
        ]

    def rows_for(self, actor: Actor) -> QuerySet[Submission]:
        """Return the submissions of the forms in whose projects the actor reviews."""
        return reviewable(actor).select_related("form", "contact")

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many submissions wait for a decision."""
        waiting = self.rows_for(actor_of_request(request)).filter(state="held").count()
        if not waiting:
            return []
        url = f"{self.address('changelist')}?state=held"
        label = ngettext("submission to review", "submissions to review", waiting)
        return [Figure(label, counted(waiting), url, is_urgent=True)]

    def picks(self, request: HttpRequest) -> list[Pick]:
        """Offer the states and the forms."""
        rows = self.rows_for(actor_of_request(request)).order_by("form__title")
        forms = rows.values_list("form_id", "form__title").distinct()
        return [
            Pick("state", _("State"), STATES),
            Pick("form", _("Form"), [(str(pk), title) for pk, title in forms]),
        ]

    def more_of_list(self, request: HttpRequest) -> dict[str, object]:
        """Lead from an empty inbox to the forms that fill it."""
        forms = reverse("admin:contacts_webform_changelist")
        return {"next_url": forms, "next_label": _("Web forms")}

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return the newest first, or the order that is asked for."""
        rows = self.rows_for(actor_of_request(request))
        if "state" in asked.chosen:
            rows = rows.filter(state=asked.chosen["state"])
        if "form" in asked.chosen:
            rows = rows.filter(form_id=int(asked.chosen["form"]))
        return sliced(rows.order_by(*_order(asked)), asked)

    def get(self, actor: Actor, record_id: int) -> Submission:
        """Return one submission; raises NotFoundError."""
        found = self.rows_for(actor).select_related("reviewer").filter(pk=record_id).first()
        if found is None:
            raise NotFoundError("submission", record_id)
        return found

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show what was sent, why it is held, and the decisions."""
        submission = self.get(actor_of_request(request), record_id)
        context: dict[str, object] = {
            "title": summary_of(submission),
            "submission": submission,
            "tone": TONES[submission.state],
            "score": submission.suspicion,
            "reasons": [REASONS.get(reason, reason) for reason in submission.reasons],
            "said": said_by(submission),
            "raw": [(name, text_of(value)) for name, value in submission.values.items()],
            "steps": self.steps(None),
            "decide_url": self.address("decide", record_id),
        }
        return self.page(request, "admin/doorways/submission.html", context)

    def decide_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Accept, reject or once more make a contact of a submission."""
        actor = actor_of_request(request)
        here = HttpResponseRedirect(self.address("page", record_id))
        decision = request.POST.get("decision", "")
        try:
            if decision == "reject":
                reject_submission(actor, record_id)
                said(request, _("Rejected. What was sent is kept here."))
            elif decision == "accept":
                name = self._name_of_contact(actor, accept_submission(actor, record_id))
                said(request, _("“%(name)s” is a contact now.") % {"name": name})
            elif decision == "replay":
                name = self._name_of_contact(actor, replay_submission(actor, record_id))
                text = _("“%(name)s” was made once more from what was sent.")
                said(request, text % {"name": name})
        except InvalidError as error:
            sentences = " ".join(sentence_of(fault) for fault in error.faults)
            text = _("No contact can be made of this: %(faults)s")
            warned(request, text % {"faults": sentences})
        return here

    def _name_of_contact(self, actor: Actor, contact_id: int) -> str:
        return query.names_of_contacts(actor, [contact_id]).get(contact_id, "")
