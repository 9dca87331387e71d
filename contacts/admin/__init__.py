"""The browser UI: one AdminSite in our own skin, on top of query and services.

`site` is mounted at /admin/. Importing this package registers every noun; each has a module of its
own with a `DomainAdmin` (see `nouns`), which lists through `contacts.query` and changes through
`contacts.services`.
"""

from contacts.admin.site import site

__all__ = ["site"]
