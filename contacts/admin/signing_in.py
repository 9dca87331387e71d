"""Sign people in: everybody with an active account, staff or not."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": _(
            "This user name and password do not belong together. Small and capital letters differ."
        ),
        "inactive": _("This account is locked. Ask an administrator."),
    }
