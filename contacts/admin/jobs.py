"""Tell people by e-mail what changed in the contacts that they follow."""

from collections.abc import Mapping
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts import history
from contacts.access import actor_of
from contacts.admin.address_book.news import News, news_of
from contacts.jobs import Work, job
from contacts.models import ContactFollower, User

# Changes of a few minutes make one mail.
PAUSE = timedelta(minutes=10)


@job("tell_followers", title=_("Tell followers by e-mail"), every=PAUSE)
def tell_followers(work: Work) -> Mapping[str, int]:
    """Send one mail to each follower who wants it and for whom there is something new."""
    sent = 0
    if settings.MAIL_IS_SENT:
        for user in _listeners():
            with work.step():
                sent += _tell(user)
    return {"mails": sent}


def _listeners() -> list[User]:
    following = ContactFollower.objects.values("user_id")
    wanting = User.objects.filter(pk__in=following, is_active=True, hears_by_mail=True)
    return list(wanting.exclude(email="").order_by("pk"))


def _tell(user: User) -> bool:
    """Send the news to one person; True where there were any."""
    number = history.last_number()
    news = news_of(actor_of(user), after=user.mailed)
    if news:
        with translation.override(user.language or settings.LANGUAGE_CODE):
            _send(user, news)
    # Only after the mail is on its way: a mail twice is better than none.
    User.objects.filter(pk=user.pk).update(mailed=number)
    return bool(news)


def _send(user: User, news: list[News]) -> None:
    changes = sum(each.count for each in news)
    subject = ngettext(
        "%(count)s change in contacts that you follow",
        "%(count)s changes in contacts that you follow",
        changes,
    )
    context = {
        "news": news,
        "base_url": settings.BASE_URL,
        "profile_url": settings.BASE_URL + reverse("admin:profile"),
    }
    text = render_to_string("admin/contacts/news.txt", context)
    try:
        send_mail(subject % {"count": changes}, text, None, [user.email])
    except SMTPRecipientsRefused:
        # An address that does not exist must not keep the mails from everybody else.
        return
