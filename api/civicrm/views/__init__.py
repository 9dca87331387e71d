"""Answer the addresses of this dialect."""

from api.civicrm.views.authx import at_any_page
from api.civicrm.views.base import CiviView
from api.civicrm.views.rest import at_root

__all__ = ["CiviView", "at_any_page", "at_root"]
