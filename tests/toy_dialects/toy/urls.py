"""The addresses of Toy."""

from django.urls import re_path

from tests.toy_dialects.toy.views import ContactSet, GreetingView

urlpatterns = [
    re_path(r"^toy/?$", GreetingView.as_view()),
    re_path(r"^toy/contacts/?$", ContactSet.as_view({"get": "list", "post": "create"})),
    re_path(r"^toy/contacts/(?P<contact_id>[0-9]+)/?$", ContactSet.as_view({"get": "retrieve"})),
]
