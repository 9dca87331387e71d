"""Answer the addresses of this dialect."""

from api.civicrm.views.base import CiviView

__all__ = ["CiviView"]
