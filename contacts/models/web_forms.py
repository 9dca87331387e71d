"""Public web forms: their definition, and what visitors sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.references import user_key


class WebForm(models.Model):
    """A form that anybody may fill in; what it may do is said here and nowhere else.

    `fields` holds the fields in order, each a dict of `key`, `label`, `help`, `is_required`,
    `default`, `is_hidden`, `width` and, where senders call it otherwise, `name`. The spam settings
    bind posts from anywhere; our own page adds cautions that a form on somebody else's site cannot
    meet. A form with a stage makes a deal of every submission.
    """

    class OnDuplicate(models.TextChoices):
        """What happens when the contact is known already."""

        CREATE = "create", _("always a new contact")
        NOTE = "note", _("add a note")
        MERGE = "merge", _("complete the contact")

    class Logo(models.TextChoices):
        """Which background the logo is made for."""

        NONE = "", _("none")
        DARK = "dark", _("dark")
        LIGHT = "light", _("light")

    title = models.CharField(_("title"), max_length=255)
    intro = models.TextField(_("introduction"), blank=True, default="")
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="web_forms",
        on_delete=models.CASCADE,
    )
    credential = models.OneToOneField(
        "contacts.Credential",
        verbose_name=_("form key"),
        related_name="web_form",
        on_delete=models.PROTECT,
    )
    public_id = models.CharField(_("address"), max_length=64, unique=True)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    submit_label = models.CharField(_("button"), max_length=100, blank=True, default="")
    consent = models.TextField(_("consent text"), blank=True, default="")
    consent_version = models.PositiveIntegerField(_("version of the consent text"), default=1)
    thanks_title = models.CharField(
        _("heading after sending"), max_length=255, blank=True, default=""
    )
    thanks = models.TextField(_("after sending"), blank=True, default="")
    accent_color = models.CharField(_("colour of the button"), max_length=7, blank=True, default="")
    background_color = models.CharField(
        _("colour of the page"), max_length=7, blank=True, default=""
    )
    logo = models.CharField(_("logo"), max_length=8, choices=Logo.choices, blank=True, default="")
    repeats_values = models.BooleanField(_("show what was received"), default=False)
    redirect_to = models.CharField(_("redirect to"), max_length=500, blank=True, default="")
    is_thanked_first = models.BooleanField(_("thanks before going on"), default=False)
    redirect_hosts = models.JSONField(_("allowed redirect hosts"), default=list, blank=True)
    allowed_sites = models.JSONField(_("sites that may embed the form"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    tags = models.JSONField(_("tags"), default=list, blank=True)
    owner = user_key(_("owner of new contacts"))
    notify = models.JSONField(_("mail addresses to notify"), default=list, blank=True)
    on_duplicate = models.CharField(
        _("same e-mail again"),
        max_length=16,
        choices=OnDuplicate.choices,
        default=OnDuplicate.CREATE,
    )
    deal_stage = models.ForeignKey(
        "contacts.Stage",
        verbose_name=_("stage of new deals"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    deal_prefix = models.CharField(
        _("before the name of new deals"), max_length=191, blank=True, default=""
    )
    honeypot = models.CharField(_("honeypot field"), max_length=50, blank=True, default="")
    min_seconds = models.PositiveIntegerField(_("least seconds to fill in"), default=2)
    per_hour = models.PositiveIntegerField(_("limit per address and hour"), default=0)
    max_length = models.PositiveIntegerField(_("greatest length of a field"), default=0)
    blocked_words = models.JSONField(_("blocked words"), default=list, blank=True)
    asks_for_work = models.BooleanField(_("browsers have to calculate"), default=False)
    allows_files = models.BooleanField(_("files allowed"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    author = user_key(_("author"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("web form")
        verbose_name_plural = _("web forms")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class FormViews(models.Model):
    """How often the page of a form was looked at on one day."""

    form = models.ForeignKey(
        WebForm, verbose_name=_("form"), related_name="views", on_delete=models.CASCADE
    )
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a form")
        verbose_name_plural = _("views of forms")
        constraints = [models.UniqueConstraint(fields=["form", "day"], name="form_views_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.day}: {self.views}"


class Submission(models.Model):
    """One sending of a public form, kept as it came.

    `values` is what was sent, `prepared` the values by field key that a contact is made from.
    """

    class State(models.TextChoices):
        """What became of it."""

        ACCEPTED = "accepted", _("accepted")
        HELD = "held", _("held for review")
        REJECTED = "rejected", _("rejected")

    form = models.ForeignKey(
        WebForm,
        verbose_name=_("form"),
        related_name="submissions",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.ACCEPTED
    )
    values = models.JSONField(_("values as sent"), default=dict, blank=True)
    prepared = models.JSONField(_("values by field"), default=dict, blank=True)
    consent = models.TextField(_("agreed to"), blank=True, default="")
    consent_version = models.PositiveIntegerField(_("version agreed to"), null=True, blank=True)
    is_from_page = models.BooleanField(_("through our page"), default=False)
    reasons = models.JSONField(_("why held"), default=list, blank=True)
    suspicion = models.PositiveSmallIntegerField(_("suspicion"), default=0)
    contact = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("contact"),
        related_name="submissions",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    deal = models.ForeignKey(
        "contacts.Deal",
        verbose_name=_("deal"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    campaign = models.JSONField(_("campaign"), default=dict, blank=True)
    landing_page = models.CharField(_("landing page"), max_length=2000, blank=True, default="")
    came_from = models.CharField(_("came from"), max_length=500, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)
    referer = models.CharField(_("page"), max_length=500, blank=True, default="")
    user_agent = models.CharField(_("browser"), max_length=500, blank=True, default="")
    reviewer = user_key(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    created_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["form", "digest", "created_at"], name="submission_by_digest"),
            models.Index(fields=["form", "address", "created_at"], name="submission_by_address"),
            models.Index(fields=["state", "id"], name="submission_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.created_at:%Y-%m-%d %H:%M}"


class SubmissionAddress(models.Model):
    """One e-mail address in a submission, as its comparison key; the room `index` writes it."""

    submission = models.ForeignKey(
        Submission, related_name="addresses", on_delete=models.CASCADE, db_index=False
    )
    text = models.CharField(max_length=254)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "text"], name="submission_address_once")
        ]
        indexes = [models.Index(fields=["text", "submission"], name="submission_address_by_text")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.text}"
