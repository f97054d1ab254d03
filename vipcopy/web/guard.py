"""What stands before every answer: who asks, and headers that hold a browser to what the page needs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vipcopy.web.access import COOKIE, Access

OPEN = ("/health",)  # answered without a token

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """An ASGI application that lets through to another only those who may ask."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await (self._answer(scope) or self.app)(scope, receive, send_guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """What is said instead of the other application's answer."""
        headers = Headers(scope=scope)
        try:
            self.access.check_origin(headers, is_navigation=_is_navigation(scope, headers))
            if entrance := self._open_door(scope):
                return entrance
            if scope["path"] not in OPEN:
                self.access.check_token(headers)
        except HTTPException as refusal:
            return write_refusal(refusal)
        return None

    def _open_door(self, scope: Scope) -> Response | None:
        """The address with the token, as printed, becomes a cookie that no script and no other site can use."""
        tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        if scope["path"] != "/" or not any(self.access.is_token(token) for token in tokens):
            return None
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        response.set_cookie(COOKIE, self.access.token, httponly=True, samesite="lax")
        return response


async def answer_refusal(_request: Request, error: Exception) -> Response:
    """An answer to an HTTPException raised anywhere in the application."""
    return write_refusal(error) if isinstance(error, HTTPException) else write_refusal(HTTPException(500))


def write_refusal(refusal: HTTPException) -> Response:
    """A refusal as JSON, in one Russian line where the reason is ours."""
    said = {404: "нет такого адреса; список: /openapi.json", 405: "этот адрес так не спрашивают; см. /openapi.json"}
    error = said.get(refusal.status_code, refusal.detail)
    return JSONResponse({"error": error}, refusal.status_code, headers=refusal.headers)


def _is_navigation(scope: Scope, headers: Headers) -> bool:
    """Whether somebody has followed a link to the page itself."""
    return scope["method"] == "GET" and scope["path"] == "/" and headers.get("sec-fetch-mode") == "navigate"
