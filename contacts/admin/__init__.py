"""The browser UI: one AdminSite in our own skin, on top of query and services.

`site` is mounted at /admin/. Importing this package registers every noun; each has a module of its
own with a `DomainAdmin` (see `nouns`), which lists through `contacts.query` and changes through
`contacts.services`.
"""

from contacts.admin.address_book import duplicates as _duplicates  # noqa: F401  # the same
from contacts.admin.address_book import screens as _contacts  # noqa: F401  # registers the screens
from contacts.admin.doorways import credentials as _credentials  # noqa: F401  # the same
from contacts.admin.doorways import submissions as _submissions  # noqa: F401  # the same
from contacts.admin.doorways import traffic as _traffic  # noqa: F401  # the same
from contacts.admin.doorways import web_forms as _web_forms  # noqa: F401  # the same
from contacts.admin.doorways import webhooks as _webhooks  # noqa: F401  # the same
from contacts.admin.setup import bundles as _bundles  # noqa: F401  # the same
from contacts.admin.setup import currencies as _currencies  # noqa: F401  # the same
from contacts.admin.setup import deal_order as _deal_order  # noqa: F401  # the same
from contacts.admin.setup import field_groups as _field_groups  # noqa: F401  # the same
from contacts.admin.setup import fields as _fields  # noqa: F401  # the same
from contacts.admin.setup import folders as _folders  # noqa: F401  # the same
from contacts.admin.setup import groups as _groups  # noqa: F401  # the same
from contacts.admin.setup import jobs as _jobs  # noqa: F401  # the same
from contacts.admin.setup import lists as _lists  # noqa: F401  # the same
from contacts.admin.setup import membership_levels as _levels  # noqa: F401  # the same
from contacts.admin.setup import option_lists as _option_lists  # noqa: F401  # the same
from contacts.admin.setup import products as _products  # noqa: F401  # the same
from contacts.admin.setup import projects as _projects  # noqa: F401  # the same
from contacts.admin.setup import relationship_types as _relationship_types  # noqa: F401  # the same
from contacts.admin.setup import roles as _roles  # noqa: F401  # the same
from contacts.admin.setup import tags as _tags  # noqa: F401  # the same
from contacts.admin.setup import users as _users  # noqa: F401  # the same
from contacts.admin.site import site
from contacts.admin.work import activities as _activities  # noqa: F401  # the same
from contacts.admin.work import deals as _deals  # noqa: F401  # the same
from contacts.admin.work import tickets as _tickets  # noqa: F401  # the same

__all__ = ["site"]
