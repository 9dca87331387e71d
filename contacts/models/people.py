"""Users of the product: Django's user with a language, a time zone and a contact of its own."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in; every user is also a contact (`contact`)."""

    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    may_use_api = models.BooleanField(_("may use the API"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    hears_by_mail = models.BooleanField(_("hears of followed contacts by e-mail"), default=True)
    # The number of the last change that a mail has told of.
    mailed = models.BigIntegerField(_("mailed"), default=0)
    contact = models.OneToOneField(
        "contacts.Contact",
        verbose_name=_("own contact"),
        related_name="user",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]  # AbstractUser's is declared as str
        verbose_name_plural = _("users")  # type: ignore[assignment]  # the same

    @property
    def name(self) -> str:
        """Return the full name, or the user name where none is given."""
        return self.get_full_name() or self.username


class UserGroup(models.Model):
    """A team of users that may own contacts and be a member of projects."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    manager = models.ForeignKey(
        User,
        verbose_name=_("manager"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    users = models.ManyToManyField(User, verbose_name=_("users"), related_name="teams", blank=True)

    class Meta:
        verbose_name = _("user group")
        verbose_name_plural = _("user groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
