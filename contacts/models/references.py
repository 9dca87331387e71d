"""References that may lose what they point at without losing the record that holds them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def option_key(label: "StrOrPromise") -> models.ForeignKey:
    """Return a nullable reference to an option that may be removed without loss."""
    return _loose_key("contacts.Option", label)


def user_key(label: "StrOrPromise") -> models.ForeignKey:
    """Return a nullable reference to a user whose account may be removed without loss."""
    return _loose_key(settings.AUTH_USER_MODEL, label)


def _loose_key(target: str, label: "StrOrPromise") -> models.ForeignKey:
    return models.ForeignKey(
        target,
        verbose_name=label,
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
