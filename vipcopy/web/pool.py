"""Processes that check, so that the server goes on answering; one that takes too long is ended, and another begun."""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException

from vipcopy.web.bounds import Bounds
from vipcopy.web.worker import LENGTH, Answer, Job

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from vipcopy.web.worker import main; main()"
_BUFFER = 2**22  # bytes of an answer that are taken at once
_PATIENCE = 1.0  # seconds that an answer nobody waits for may still take: a new process would cost as much
_BUSY = {"Retry-After": "1"}


@dataclass(slots=True, eq=False)
class Worker:
    """One process, begun when it is first needed and again after it has ended."""

    first: bytes  # the first message: the standard and the bound of memory, pickled
    process: asyncio.subprocess.Process | None = None

    async def answer(self, job: Job) -> Answer:
        """The answer of the process. Raises IncompleteReadError or OSError where it has ended."""
        message: Answer = pickle.loads(await self._exchange(pickle.dumps(job)))
        return message

    async def begin(self) -> None:
        """Have a process that is ready to check."""
        if self.process is not None and self.process.returncode is None:
            return
        command = (sys.executable, "-P", "-c", _START, json.dumps(sys.path))
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=_BUFFER)
        await self._exchange(self.first)

    async def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self.process = self.process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def _exchange(self, message: bytes) -> bytes:
        process = self.process
        if process is None or process.stdin is None or process.stdout is None:
            raise BrokenPipeError
        process.stdin.write(LENGTH.pack(len(message)) + message)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return await process.stdout.readexactly(length)


@dataclass(slots=True, eq=False)
class Pool:
    """Workers, each with one job at a time; jobs wait in the order in which they came."""

    standard: bytes  # pickled
    bounds: Bounds
    _free: asyncio.LifoQueue[Worker] = field(default_factory=asyncio.LifoQueue)
    _workers: list[Worker] = field(default_factory=list)
    _settling: set[asyncio.Task[None]] = field(default_factory=set)
    _taken: int = 0

    async def open(self) -> None:
        """Begin all processes."""
        first = pickle.dumps((self.standard, self.bounds.memory))
        self._workers.extend(Worker(first) for _ in range(self.bounds.workers))
        await asyncio.gather(*(worker.begin() for worker in self._workers))
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def close(self) -> None:
        """End all processes."""
        for task in self._settling:
            task.cancel()
        await asyncio.gather(*(worker.end() for worker in self._workers))

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place among the requests that are answered at once. Raises 503 where there is none."""
        if self._taken >= self.bounds.waiting:
            raise HTTPException(503, "слишком много проверок сразу; повторите через секунду", _BUSY)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def answer(self, job: Job) -> Answer:
        """The answer to a job. Raises 503 where no worker is free in time, 504 where the check takes too long."""
        try:
            worker = await asyncio.wait_for(self._free.get(), self.bounds.checking)
        except TimeoutError:
            raise HTTPException(503, "проверок слишком много; повторите через секунду", _BUSY) from None
        task = asyncio.create_task(worker.answer(job))
        try:
            return await asyncio.wait_for(asyncio.shield(task), self.bounds.checking)
        except TimeoutError:
            task.cancel()
            raise HTTPException(504, "проверка не уложилась в срок; разделите текст на части") from None
        except (asyncio.IncompleteReadError, OSError):
            raise HTTPException(500, "проверка прервалась; повторите, а если не поможет, пришлите нам текст") from None
        finally:
            self._settle(worker, task)

    def _settle(self, worker: Worker, task: asyncio.Task[Answer]) -> None:
        """Free the worker, at once where it has answered."""
        if _has_answered(task):
            self._free.put_nowait(worker)
            return
        settling = asyncio.create_task(self._renew(worker, task))
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)

    async def _renew(self, worker: Worker, task: asyncio.Task[Answer]) -> None:
        """Free a worker that has failed, is late, or works for a client that has gone."""
        await asyncio.wait({task}, timeout=_PATIENCE)
        if not _has_answered(task):
            task.cancel()
            with suppress(asyncio.IncompleteReadError, OSError):  # if it can't begin now, the next job says so
                await worker.end()
                await worker.begin()
        self._free.put_nowait(worker)


def _has_answered(task: asyncio.Task[Answer]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
