"""The addresses of this dialect: one for other servers under every prefix, and those of pages."""

from typing import Any

from django.urls import re_path

from api.civicrm.views.ajax import AjaxSet, OldAjaxSet
from api.civicrm.views.api4 import Api4Set, Batch4Set
from api.civicrm.views.authx import IdSet, LoginSet, LogoutSet
from api.civicrm.views.rest import RestSet
from api.civicrm.views.scripts import ScriptSet

# As DRF declares it.
Actions = dict[str, Any]

CALL: Actions = {"get": "read", "post": "write"}

urlpatterns = [
    re_path(r"^extern/rest\.php$", RestSet.as_view(CALL)),
    # Where the file lies depends on the site that the original is part of; class.api.php writes a
    # slash of its own before a path that may begin with one.
    re_path(r"^(?P<prefix>[\s\S]*)/extern/rest\.php$", RestSet.as_view(CALL)),
    re_path(r"^wp-json/civicrm/v3/rest/?$", RestSet.as_view(CALL)),
    re_path(r"^civicrm/ajax/rest/?$", AjaxSet.as_view({**CALL, "options": "allow"})),
    re_path(r"^civicrm/ajax/api4/?$", Batch4Set.as_view({"post": "write"})),
    re_path(
        r"^civicrm/ajax/api4/(?P<entity>\w+)/(?P<action>\w+)/?$",
        Api4Set.as_view({**CALL, "options": "allow"}),
    ),
    re_path(r"^civicrm/api/json/?$", OldAjaxSet.as_view({**CALL, "options": "allow"})),
    re_path(r"^civicrm/crm\.js$", ScriptSet.as_view({"get": "read"})),
    re_path(r"^civicrm/authx/login/?$", LoginSet.as_view({"post": "write"})),
    re_path(r"^civicrm/authx/id/?$", IdSet.as_view(CALL)),
    re_path(r"^civicrm/authx/logout/?$", LogoutSet.as_view(CALL)),
]
