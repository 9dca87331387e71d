"""What is set up for a web form, as the page of the form tells it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from contacts.models import Credential, WebForm

Fact = tuple[str, str]


def facts_of_form(form: WebForm) -> list[Fact]:
    """Return what is set up, by label; what is not set says what happens then."""
    found = [
        (_("Language"), _language(form)),
        (_("Sites that may show the form in a frame"), _lines(form.allowed_sites)),
        (_("After sending"), _after(form)),
        (_("Tell by e-mail"), _lines(form.notify)),
        (_("Tags"), ", ".join(map(str, form.tags))),
        (_("Owner of new contacts"), form.owner.name if form.owner else ""),
        (_("Contact known already"), str(form.get_on_duplicate_display())),
        (_("Against misuse"), _cautions(form)),
    ]
    if form.consent:
        version = _("Version %(number)s") % {"number": form.consent_version}
        found.append((_("Consent text"), f"{version}\n{form.consent}"))
    return [(label, text or "–") for label, text in found]


def former_keys(form: WebForm) -> QuerySet[Credential]:
    """Return the replaced keys of a form that still work."""
    now = timezone.now()
    return form.credential.children.filter(revoked_at=None, expires_at__gt=now).order_by("pk")


def _language(form: WebForm) -> str:
    if not form.language:
        return _("the visitor's own")
    return str(get_language_info(form.language)["name_translated"])


def _after(form: WebForm) -> str:
    if not form.redirect_to:
        return _("our page thanks")
    if form.is_thanked_first:
        return _("our page thanks and leads on to %(address)s") % {"address": form.redirect_to}
    return _("leads on to %(address)s") % {"address": form.redirect_to}


def _cautions(form: WebForm) -> str:
    said = [_("trap field"), _("time of filling in") if form.min_seconds else ""]
    if form.per_hour:
        said.append(_("at most %(count)s an hour from one address") % {"count": form.per_hour})
    said.append(_("calculation by the browser") if form.asks_for_work else "")
    said.append(_("blocked words") if form.blocked_words else "")
    return ", ".join(text for text in said if text)


def _lines(texts: list[str]) -> str:
    return "\n".join(map(str, texts))
