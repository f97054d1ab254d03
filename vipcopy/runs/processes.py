"""Work shared out to processes, each of which has at hand what was loaded before they began."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from vipcopy.errors import ConfigError
from vipcopy.os_errors import write_os_error

Task = TypeVar("Task")
Hand = TypeVar("Hand")
T = TypeVar("T")

_CHUNK = 4  # tasks that a process takes at once

_at_hand: list[Any] = []  # filled once in each process that works for a pool, and nowhere else


def share_out(work: Callable[[Hand, Task], T], tasks: Sequence[Task], hand: Hand, jobs: int) -> Iterator[T]:
    """What comes of each task, in order. On Linux the processes share `hand`, elsewhere each has a copy.

    `work` goes to other processes, so it has a name in a module. Raises ConfigError where the system lets none begin,
    or stops one of them.
    """
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    try:
        yield from _go_through(ProcessPoolExecutor(jobs, context, _begin, (hand,)), work, tasks)
    except BrokenProcessPool:
        raise ConfigError("система остановила процесс проверки; повторите с --jobs 1") from None
    except OSError as error:
        raise ConfigError(f"процессы проверки не начать ({write_os_error(error)}); повторите с --jobs 1") from None


def _go_through(pool: ProcessPoolExecutor, work: Callable[[Hand, Task], T], tasks: Sequence[Task]) -> Iterator[T]:
    """What comes of each task; where nobody waits for the rest, the processes end: they may have minutes of it."""
    strangers, ours = set(multiprocessing.active_children()), set[BaseProcess]()
    try:
        chunks = (tasks[at : at + _CHUNK] for at in range(0, len(tasks), _CHUNK))
        waiting = deque([pool.submit(_work_through, work, chunk) for chunk in chunks])
        ours = set(multiprocessing.active_children()) - strangers
        while waiting:  # what `map` of the pool cancels when it is left, the pool takes for a fault: a traceback
            yield from waiting.popleft().result()
    except BaseException:
        for process in ours or set(multiprocessing.active_children()) - strangers:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(hand: object) -> None:
    """^C is for the process that writes the reports; where that one is killed, this one ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, daemon=True).start()
    _at_hand.append(hand)


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work_through(work: Callable[[Hand, Task], T], chunk: Sequence[Task]) -> list[T]:
    return [work(_at_hand[0], task) for task in chunk]
