"""The addresses of public forms."""

from django.urls import path

from contacts.intake import pages

app_name = "forms"

urlpatterns = [
    path("<str:key>", pages.form_page, name="form"),
    path("<str:key>/colors.css", pages.colors, name="colors"),
    path("<str:key>/thanks", pages.thanks, name="thanks"),
]
