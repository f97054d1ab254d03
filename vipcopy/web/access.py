"""Who may ask: the Host of a request (DNS rebinding), where a page that asks comes from, the token of a server
that others can reach."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from vipcopy import ConfigError

COOKIE = "vipcopy_token"
SHORTEST_TOKEN = 16

_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


@dataclass(frozen=True, slots=True)
class Access:
    """The names that the server answers to, whether any address will do as one, and the token, empty for none."""

    hosts: frozenset[str] = _LOOPBACK
    any_address: bool = False
    token: str = ""

    def check_origin(self, headers: Headers, *, is_navigation: bool) -> None:
        """Raise 421 for a strange Host, 403 for a request that another site's page has sent."""
        host = headers.get("host", "")
        if not self._knows(host):
            raise HTTPException(421, "имя в заголовке Host чужое; откройте адрес, который напечатал vipcopy serve")
        origin = headers.get("origin")
        is_foreign = origin is not None and _find_site(origin) != host.lower()
        is_cross = headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not is_navigation
        if is_foreign or is_cross:
            raise HTTPException(403, "запрос пришёл со страницы другого сайта; откройте страницу vipcopy")

    def check_token(self, headers: Headers) -> None:
        """Raise 401 where the token is asked for and is not there."""
        if self.token and not any(self.is_token(each) for each in _find_tokens(headers)):
            hint = "нужен ключ; откройте адрес с ключом, который напечатал vipcopy serve"
            raise HTTPException(401, hint, {"WWW-Authenticate": "Bearer"})

    def is_token(self, text: str) -> bool:
        """Whether this is the token; takes as long for a near miss as for any other."""
        return bool(self.token) and secrets.compare_digest(text.encode(), self.token.encode())

    def _knows(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self.hosts or (self.any_address and is_address(name))


EVERYONE_HERE = Access()  # whoever uses this machine


def build_access(host: str, token: str = "") -> Access:
    """Who may ask a server bound to `host`; beyond the machine itself a token is made where none is given.

    Raises ConfigError for a token that is easily guessed.
    """
    if token and len(token) < SHORTEST_TOKEN:
        raise ConfigError(f"--token: ключ короче {SHORTEST_TOKEN} знаков; уберите параметр, и ключ будет создан")
    if is_loopback(host):
        return Access(_LOOPBACK | {host.lower()}, token=token)
    own = {socket.gethostname().lower(), socket.getfqdn().lower()}
    return Access(_LOOPBACK | own | {host.lower()}, any_address=True, token=token or secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach such an address."""
    return host.lower() == "localhost" or (is_address(host) and ip_address(host).is_loopback)


def is_address(name: str) -> bool:
    """Whether the name is an address in numbers, which no DNS server can turn elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _find_site(origin: str) -> str | None:
    """Host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


def _find_tokens(headers: Headers) -> list[str]:
    kind, _, value = headers.get("authorization", "").partition(" ")
    found = [value.strip()] if kind.lower() == "bearer" else []
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return found
    return [*found, *(cookies[name].value for name in cookies if name == COOKIE)]
