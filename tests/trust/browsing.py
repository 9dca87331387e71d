"""A person who is signed in to the pages of a served instance."""

import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from tests.serving import Server

LOGIN = "/admin/login/"


class Browser:
    """Keeps the cookies of a session."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        with self._opener.open(f"{server.base_url}{LOGIN}", timeout=60) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert token is not None
        fields = {"username": "admin", "password": str(server.credentials["password"])}
        fields["csrfmiddlewaretoken"] = token[1]
        request = urllib.request.Request(
            f"{server.base_url}{LOGIN}",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": f"{server.base_url}{LOGIN}"},
        )
        self._opener.open(request, timeout=60).close()

    @property
    def cookies(self) -> str:
        """Return the cookies as the header that brings them."""
        return "; ".join(f"{each.name}={each.value}" for each in self._jar)

    def status_of(self, path: str) -> int:
        """Open a page, read it to its end and return its status."""
        try:
            with self._opener.open(self.server.base_url + path, timeout=60) as answer:
                answer.read()
                assert LOGIN not in answer.url, "signed out"
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
