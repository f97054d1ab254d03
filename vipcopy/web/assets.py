"""The files of the page, read once: an address is looked up among their names and never becomes a path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOLDER = Path(__file__).with_name("static")
_MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def build_assets() -> Iterator[Route]:
    """A route for each file, and the page itself at «/»."""
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in _MEDIA:
            address = "/" if path.name == "index.html" else f"/static/{path.name}"
            yield Route(address, _File(path.read_bytes(), _MEDIA[path.suffix]).answer)


class _File:
    """One file and the mark by which a browser knows that it has it already."""

    def __init__(self, content: bytes, media: str) -> None:
        self.content = content
        self.media = media
        self.mark = f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    async def answer(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "ETag": self.mark}
        if request.headers.get("if-none-match") == self.mark:
            return Response(status_code=304, headers=headers)
        return Response(self.content, media_type=self.media, headers=headers)
