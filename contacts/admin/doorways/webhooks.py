"""Webhooks: addresses of other programs, what they were told, and what they answered."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from contacts.access import Actor, readable_fields
from contacts.admin import inputs
from contacts.admin.doorways.hook_words import (
    event_of,
    events,
    fields_of,
    format_of,
    formats_offered,
)
from contacts.admin.doorways.secrets import hand_over, taken_over
from contacts.admin.doorways.signatures import SIGNATURE_CODES
from contacts.admin.messages import said, warned
from contacts.admin.numbers import Figure, counted
from contacts.admin.record_forms import RecordForm
from contacts.admin.records import Found, RecordAdmin, sliced
from contacts.admin.site import site
from contacts.admin.tables import Asked, Cell, Column
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, NotFoundError
from contacts.models import Webhook
from contacts.services.webhook_actors import visible_webhooks
from contacts.services.webhooks import (
    bring_back_webhook,
    create_webhook,
    delete_webhook,
    resume_webhook,
    send_again,
    send_sample,
    update_webhook,
)

SHOWN_DELIVERIES = 50
Values = Mapping[str, object]

TONES = {"waiting": "warn", "done": "good", "failed": "bad", "dropped": ""}


def state_cell(row: Webhook) -> Cell:
    """Return whether a webhook is told anything."""
    if row.paused_at is not None:
        return Cell(_("paused after failures"), tone="bad")
    return Cell(_("failing"), tone="warn") if row.failures else Cell(_("works"), tone="good")


def _split(values: Values) -> dict[str, Any]:
    """Return what the form says as the service takes it: kind and action apart."""
    said = dict(values)
    event = str(said.pop("event", ""))
    if event:
        said["kind"], _dot, said["action"] = event.partition(".")
    return said


@admin.register(Webhook, site=site)
class WebhookAdmin(RecordAdmin):
    """One's own webhooks; everybody's for administrators."""

    kind: ClassVar[str] = "webhook"
    section: ClassVar[str] = "doors"
    order: ClassVar[int] = 40
    icon: ClassVar[str] = "link"
    is_deep: ClassVar[bool] = True
    intro = gettext_lazy("Addresses of other programs that are told what happens here.")
    empty = gettext_lazy("Nobody is told yet. Name an address, or let a program subscribe.")
    add_label = gettext_lazy("New webhook")
    columns = (
        Column(gettext_lazy("Address"), lambda row: Cell(row.url)),
        Column(gettext_lazy("Told of"), lambda row: Cell(event_of(row))),
        Column(gettext_lazy("Format"), lambda row: Cell(format_of(row))),
        Column(gettext_lazy("User"), lambda row: Cell(row.user.name)),
        Column(gettext_lazy("State"), state_cell),
        Column(gettext_lazy("Last success"), lambda row: Cell(moment=row.delivered_at)),
    )

    def screens(self) -> list[URLPattern]:
        """Return the list, the form of a new one, the page, and its buttons."""
        buttons = {
            "delete": self.remove_screen,
            "undelete": self.undelete_screen,
            "resume": self.resume_screen,
            "sample": self.sample_screen,
            "again": self.again_screen,
        }
        return [
            self.screen("", self.list_screen, "changelist"),
            self.screen("add/", self.add_screen, "add"),
            self.screen("<int:record_id>/", self.record_screen, "page"),
            self.screen("<int:record_id>/change/", self.change_screen, "change"),
            *(
                self.screen(f"<int:record_id>/{name}/", require_POST(view), name)
                for name, view in buttons.items()
            ),
        ]

    def may_change(self, request: HttpRequest, record: Webhook | None = None) -> bool:
        """Let everybody be told of what one sees anyway."""
        return True

    def rows_for(self, actor: Actor) -> QuerySet[Webhook]:
        """Return one's own webhooks; everybody's for administrators."""
        return visible_webhooks(actor).select_related("user")

    def figures(self, request: HttpRequest) -> list[Figure]:
        """Return how many webhooks have paused themselves, and how many fail of late."""
        rows = self.rows_for(actor_of_request(request))
        paused = rows.exclude(paused_at=None).count()
        failing = rows.filter(paused_at=None, failures__gt=0).count()
        found = [
            (
                paused,
                ngettext("webhook paused after failures", "webhooks paused after failures", paused),
            ),
            (failing, ngettext("failing webhook", "failing webhooks", failing)),
        ]
        url = self.address("changelist")
        return [
            Figure(label, counted(count), url, is_urgent=True) for count, label in found if count
        ]

    def find(self, request: HttpRequest, asked: Asked) -> Found:
        """Return the newest first."""
        return sliced(self.rows_for(actor_of_request(request)).order_by("-pk"), asked)

    def get(self, actor: Actor, record_id: int) -> Webhook:
        """Return one webhook; raises NotFoundError."""
        found = self.rows_for(actor).filter(pk=record_id).first()
        if found is None:
            raise NotFoundError("webhook", record_id)
        return found

    def name_of(self, record: Webhook) -> str:
        """Return the address."""
        return record.url

    def form_of(self, request: HttpRequest, record: Webhook | None) -> RecordForm:
        """Return what is said of a webhook; what a program subscribed to is its own affair."""
        hint = _("An address on the internet that takes POST, such as https://example.com/hook.")
        only = _("Tick none, and every change is told. This goes for changes of contacts alone.")
        fields = readable_fields(actor_of_request(request))
        named = [(field.key, field.label) for field in fields if field.is_writable]
        address = inputs.text(_("Address"), hint=hint, inputmode="url")
        asked: dict[str, forms.Field] = {"url": inputs.wide(inputs.asked(address))}
        if record is None or not record.about:
            asked["event"] = inputs.one_of(_("Told of"), events(), blank=False)
            offered = formats_offered()
            asked["dialect"] = inputs.one_of(_("Format"), offered, blank=False)
        asked["fields"] = inputs.wide(inputs.many_of(_("Changes of"), named, hint=only))
        form = RecordForm(
            asked,
            groups=[(_("Only when one of these fields has changed"), ["fields"])],
            aliases={"action": "event", "kind": "event"},
        )
        if record is not None:
            event = f"{record.record_kind}.{record.action}"
            form.initial = {
                "url": record.url,
                "event": event,
                "dialect": record.dialect,
                "fields": record.fields,
            }
            if "event" in asked:
                inputs.offer_also(asked["event"], event, event_of(record))
                inputs.offer_also(asked["dialect"], record.dialect, format_of(record))
        return form

    def add_screen(self, request: HttpRequest) -> HttpResponse:
        """Show the form; after storing, show the secret, this once."""
        form = self.form_of(request, None)
        if request.method == "POST" and form.take(request) and form.is_valid():
            values = _split(form.said())
            values["url"] = values["url"] or ""
            made = self.attempt(form, lambda: create_webhook(actor_of_request(request), **values))
            if made is not None:
                hand_over(request, f"webhook {made['id']}", str(made["secret"]))
                return HttpResponseRedirect(self.address("page", made["id"]))
        return self.form_page(request, form, None)

    def change(self, actor: Actor, record_id: int, values: Values) -> None:
        """Change a subscription; its secret stays."""
        update_webhook(actor, record_id, _split(values))

    def record_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Show what was told, what came back, and how the other end knows that it was us."""
        webhook = self.get(actor_of_request(request), record_id)
        deliveries = webhook.deliveries.order_by("-pk")[:SHOWN_DELIVERIES]
        context: dict[str, object] = {
            "title": webhook.url,
            "webhook": webhook,
            "event": event_of(webhook),
            "fields": fields_of(webhook),
            "format": format_of(webhook),
            "state": state_cell(webhook),
            "secret": taken_over(request, f"webhook {record_id}"),
            "codes": SIGNATURE_CODES,
            "edit_url": self.address("change", record_id),
            "deliveries": [(each, TONES[each.status]) for each in deliveries],
            "steps": self.steps(None),
            **{
                f"{name}_url": self.address(name, record_id)
                for name in ("delete", "resume", "sample", "again")
            },
        }
        return self.page(request, "admin/doorways/webhook.html", context)

    def remove(self, actor: Actor, record_id: int) -> None:
        """End a subscription."""
        delete_webhook(actor, record_id)

    def undo_of_removal(self, record_id: int) -> str:
        """Return where a deleted webhook is brought back."""
        return self.address("undelete", record_id)

    def undelete_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Bring a deleted webhook back, with its secret."""
        bring_back_webhook(actor_of_request(request), record_id)
        said(request, _("The webhook is back, with the secret that it had."))
        return self._page(record_id)

    def resume_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Let a paused webhook be told again."""
        resume_webhook(actor_of_request(request), record_id)
        said(request, _("The webhook is told again from now on."))
        return self._page(record_id)

    def sample_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Tell a webhook of the newest record, as if it had just happened."""
        try:
            send_sample(actor_of_request(request), record_id)
            said(request, _("A sample is on its way. Load this page again to see the answer."))
        except ConflictError:
            warned(request, _("There is nothing yet that could be told."))
        return self._page(record_id)

    def again_screen(self, request: HttpRequest, record_id: int) -> HttpResponse:
        """Send a delivery once more, as the record is now."""
        number = request.POST.get("delivery", "")
        if not (number.isascii() and number.isdigit()):
            raise NotFoundError("delivery", number)
        send_again(actor_of_request(request), record_id, int(number))
        said(request, _("It is on its way once more."))
        return self._page(record_id)

    def _page(self, record_id: int) -> HttpResponse:
        return HttpResponseRedirect(self.address("page", record_id))
