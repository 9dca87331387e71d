"""The screens of contacts: list, bulk actions, page, form, archive."""
