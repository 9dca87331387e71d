"""Sign people in: everybody with an active account, staff or not."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError, ThrottledError


class SignInForm(AuthenticationForm):
    """User name and password.

    Guesses at one name are counted where people are signed in (`AXES_FAILURE_LIMIT`), those at many
    names here.
    """

    error_messages = {
        "invalid_login": _(
            "This user name and password do not belong together. Small and capital letters differ."
        ),
        "inactive": _("This account is locked. Ask an administrator."),
    }

    def clean(self) -> dict[str, Any]:
        """Check the pair, unless too many were wrong from the same address."""
        try:
            with guarded_sign_in(self.request):  # type: ignore[arg-type]  # the page always hands it over
                return self._checked()
        except AuthenticationError as error:
            raise error.__cause__ or error from None
        except ThrottledError as error:
            words = say("Too many requests. Try again in %(seconds)s seconds.")
            raise ValidationError(words % {"seconds": error.wait}) from None

    def _checked(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError as error:
            raise AuthenticationError("unknown") from error
