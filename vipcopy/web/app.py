"""The application: the page and its files, checks, rules, health, and the description of all these."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from vipcopy import Rule, Standard, version
from vipcopy.web.access import EVERYONE_HERE, Access
from vipcopy.web.assets import build_assets
from vipcopy.web.bounds import BOUNDS, Bounds
from vipcopy.web.guard import Guard, answer_refusal
from vipcopy.web.intake import Refusal, read_body, read_job
from vipcopy.web.pool import Pool
from vipcopy.web.worker import Answer

_CLOSED = 499  # what nginx notes of a client that has gone; nobody reads it
_DESCRIPTION = Path(__file__).with_name("openapi.json")


def build_app(standard: Standard, access: Access = EVERYONE_HERE, bounds: Bounds = BOUNDS) -> ASGIApp:
    """An ASGI application that checks by this standard. Its processes begin with its lifespan."""
    pool = Pool(pickle.dumps(standard), bounds)

    @asynccontextmanager
    async def live(_app: Starlette) -> AsyncIterator[None]:
        await pool.open()
        try:
            yield
        finally:
            await pool.close()

    service = _Service(pool, bounds)
    routes = [
        *build_assets(),
        Route("/check", service.check, methods=["POST"]),
        Route("/read", service.read, methods=["POST"]),
        Route("/export", service.export, methods=["POST"]),
        *(Route(path, _always(value)) for path, value in _build_answers(standard).items()),
    ]
    handlers = {HTTPException: answer_refusal, ClientDisconnect: _note_leaving}
    return Guard(Starlette(routes=routes, lifespan=live, exception_handlers=handlers), access)


class _Service:
    """What is asked of the workers."""

    def __init__(self, pool: Pool, bounds: Bounds) -> None:
        self.pool = pool
        self.bounds = bounds

    async def check(self, request: Request) -> Response:
        return await self._answer("check", request)

    async def read(self, request: Request) -> Response:
        return await self._answer("read", request)

    async def export(self, request: Request) -> Response:
        return await self._answer("export", request)

    async def _answer(self, verb: str, request: Request) -> Response:
        async with self.pool.place():
            body = await read_body(request, self.bounds)
            if isinstance(body, Refusal):
                return body
            job = await read_job(verb, request, body)
            answer = await _unless_gone(request, self.pool.answer(job))
        return Response(answer.body, answer.status, answer.headers, answer.media)


async def _unless_gone(request: Request, work: Awaitable[Answer]) -> Answer:
    """The answer; the work is given up when the client goes away."""
    working = asyncio.ensure_future(work)
    watching = asyncio.create_task(_see_off(request))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else Answer(_CLOSED, "text/plain", b"")
    finally:
        working.cancel()
        watching.cancel()


async def _note_leaving(_request: Request, _error: Exception) -> Response:
    """The answer to a client that has gone before it had sent its request."""
    return Response(status_code=_CLOSED)


async def _see_off(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _build_answers(standard: Standard) -> dict[str, object]:
    """What is always answered alike."""
    least = None if standard.min_score is None else standard.min_score / 100
    described = json.loads(_DESCRIPTION.read_text(encoding="utf-8"))
    described["info"]["version"] = version()
    return {
        "/rules": {"rules": [_describe(rule) for rule in standard.checker.rules.values()]},
        "/settings": {"fail_on": standard.fail_on, "min_score": least},
        "/health": {"status": "ok", "vipcopy": version()},
        "/openapi.json": described,
    }


def _describe(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "category": rule.category,
        "guideline": rule.guideline,
        "severity": rule.severity.value,
        "weight": rule.weight / 100,
        "message": rule.message,
        "why": rule.why,
        "suggest": list(rule.suggest),
        "bad": [example.text for example in rule.bad],
        "good": [example.text for example in rule.good],
        "status": rule.status,
    }


def _always(value: object) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return JSONResponse(value)

    return answer
