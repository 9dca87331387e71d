"""Spread things unevenly in the database of this process, as real data is.

One tag is on nine contacts of ten, one surname is that of every fiftieth, and no contact is
public. (Members of 100 of 200 projects are in every database: benchmarks/people.py.) What follows
from it is derived by `manage.py reindex` afterwards.
"""

import django

TAG, SURNAME = "everybody", "Everyman"
ONE_WITHOUT_TAG_IN, ONE_WITH_SURNAME_IN = 10, 50
BATCH = 10_000


def skew() -> None:
    """Do it."""
    django.setup()
    from django.db.models import F  # noqa: PLC0415 -- after the set-up

    from contacts.models import Contact, ContactTag, Tag  # noqa: PLC0415 -- the same

    Contact.objects.filter(visibility=Contact.Visibility.PUBLIC).update(
        visibility=Contact.Visibility.PROJECT
    )
    every = Contact.objects.annotate(rest=F("pk") % ONE_WITH_SURNAME_IN)
    every.filter(rest=0, kind=Contact.Kind.PERSON).update(last_name=SURNAME)
    tag, _new = Tag.objects.get_or_create(name_key=TAG, defaults={"name": TAG})
    rows = Contact.objects.order_by("pk").values_list("pk", "sort_name")
    links = [
        ContactTag(contact_id=pk, sort_name=name, tag=tag)
        for pk, name in rows
        if pk % ONE_WITHOUT_TAG_IN
    ]
    ContactTag.objects.bulk_create(links, batch_size=BATCH, ignore_conflicts=True)


if __name__ == "__main__":
    skew()
