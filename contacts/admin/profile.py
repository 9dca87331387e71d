"""One's own profile: name, language, time zone, password."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import query
from contacts.access import Actor
from contacts.admin import inputs
from contacts.admin.doors import door_of_key, doors
from contacts.admin.messages import said
from contacts.admin.record_forms import RecordForm
from contacts.admin.visitors import actor_of_request
from contacts.admin.zones import zone_options
from contacts.errors import InvalidError
from contacts.models import User
from contacts.services.access_keys import find_access_key, renew_access_key
from contacts.services.following import hear_by_mail
from contacts.services.passwords import change_password
from contacts.services.users import update_user

OWN = ("first_name", "last_name", "email", "language", "time_zone")
TEMPLATE = "admin/profile.html"


class ProfileForm(RecordForm):
    """What people say about themselves."""

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(
            {
                "first_name": inputs.text(gettext_lazy("First name"), autocomplete="given-name"),
                "last_name": inputs.text(gettext_lazy("Last name"), autocomplete="family-name"),
                "email": inputs.text(
                    gettext_lazy("E-mail"), autocomplete="email", inputmode="email"
                ),
                "language": inputs.one_of(
                    gettext_lazy("Language"),
                    list(settings.LANGUAGES),
                    hint=gettext_lazy("Empty: the one that your browser asks for."),
                ),
                "time_zone": inputs.one_of(gettext_lazy("Time zone"), zone_options()),
            }
        )
        self.initial = {name: document.get(name) for name in OWN}


class PasswordForm(RecordForm):
    """The present password, and the one to come."""

    def __init__(self) -> None:
        super().__init__(
            {
                "current": _password(gettext_lazy("Present password"), "current-password"),
                "password": _password(
                    gettext_lazy("New password"),
                    "new-password",
                    gettext_lazy("At least 8 characters, not only digits, no common word."),
                ),
            }
        )


def _password(label: inputs.Text, purpose: str, hint: inputs.Text = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": purpose})
    made = forms.CharField(
        label=str(label),
        help_text=str(hint),
        required=False,
        strip=False,
        widget=widget,
    )
    return inputs.asked(made)


def own_document(actor: Actor) -> dict[str, Any]:
    """Return the document of the person who asks."""
    return query.get_record(actor, "user", int(str(actor.user_id)))


def profile(request: HttpRequest, shared: dict[str, Any]) -> HttpResponse:
    """Show and change one's own profile; `shared` is what every page needs."""
    actor = actor_of_request(request)
    form, password_form = ProfileForm(own_document(actor)), PasswordForm()
    refused = None
    if request.method == "POST":
        if "renew" in request.POST:
            return _renew_key(request, actor)
        if "hearing" in request.POST:
            return _store_hearing(request, actor)
        is_password = "password" in request.POST
        refused = password_form if is_password else form
        store = _store_password if is_password else _store_profile
        refused.take(request)
        if refused.is_valid() and store(request, actor, refused):
            return HttpResponseRedirect(reverse("admin:profile"))
    context = {
        **shared,
        "title": _("Your profile"),
        "form": form,
        "password_form": password_form,
        "faults": refused.summary() if refused else [],
        "access_keys": access_keys(actor),
        "hears_by_mail": getattr(request.user, "hears_by_mail", False),
        "mail_is_sent": settings.MAIL_IS_SENT,
        "must_change": isinstance(request.user, User) and request.user.must_change_password,
    }
    return TemplateResponse(request, TEMPLATE, context, status=422 if refused else 200)


def access_keys(actor: Actor) -> list[dict[str, str]]:
    """Return the person's keys for the doors that show them, made or not made yet."""
    return [
        {"kind": door.key_kind, "title": door.title, "key": find_access_key(actor, door.key_kind)}
        for door in doors()
        if door.key_is_recoverable
    ]


def _renew_key(request: HttpRequest, actor: Actor) -> HttpResponse:
    door = door_of_key(request.POST["renew"])
    if door is not None and door.key_is_recoverable:
        renew_access_key(actor, door.key_kind, name=_("Access key"))
        said(request, _("Your new access key works, and the old one no longer does."))
    return HttpResponseRedirect(reverse("admin:profile"))


def _store_profile(request: HttpRequest, actor: Actor, form: RecordForm) -> bool:
    try:
        update_user(actor, int(str(actor.user_id)), form.changed())
    except InvalidError as error:
        form.take_faults(error)
        return False
    # What is said is already in the new language.
    language = form.cleaned_data["language"] or translation.get_language()
    with translation.override(language):
        said(request, _("Your profile is saved."))
    return True


def _store_hearing(request: HttpRequest, actor: Actor) -> HttpResponse:
    wants = request.POST["hearing"] == "yes"
    hear_by_mail(actor, wants=wants)
    text = _("You will get an e-mail when somebody changes a contact that you follow.")
    said(request, text if wants else _("You will get no e-mail about contacts that you follow."))
    return HttpResponseRedirect(reverse("admin:profile"))


def _store_password(request: HttpRequest, actor: Actor, form: RecordForm) -> bool:
    values = form.said()
    try:
        change_password(
            actor,
            int(str(actor.user_id)),
            str(values["password"]),
            current=str(values["current"]),
        )
    except InvalidError as error:
        form.take_faults(error)
        return False
    user = User.objects.get(pk=int(str(actor.user_id)))
    # The other sessions end with the old password; this one goes on.
    update_session_auth_hash(request, user)
    said(request, _("Your password is changed. Other devices have to sign in again."))
    return True
