"""A real server of `vipcopy serve` on a loopback port, as the tests of its API and of its page use it."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

TINY = str(Path(__file__).parent / "packs" / "tiny")


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


class Server(NamedTuple):
    """A running server: its address, with the token where it has one, and its process."""

    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].partition("/")[0])

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request; names of headers are written with underscores."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def check(self, text: str, **more: str) -> Reply:
        """A text checked."""
        return self.post("/check", {"text": text, **more})

    def post(self, path: str, value: object) -> Reply:
        return self.ask("POST", path, json.dumps(value).encode(), content_type="application/json")

    def send_file(self, path: str, name: str, data: bytes) -> Reply:
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self.ask("POST", path, head + data + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x")

    def count_bytes(self) -> int:
        """The memory of the server and its workers."""
        pids = [self.process.pid, *self.workers()]
        return sum(_resident(pid) for pid in pids)

    def workers(self) -> list[int]:
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]


@contextmanager
def run_server(*arguments: str, code: str = "", folder: Path | None = None) -> Iterator[Server]:
    """`vipcopy serve` with the tiny pack, or with the settings of a folder; `code` runs something else instead."""
    rules = () if folder else ("--no-config", "--pack", TINY)
    command = ["-c", code] if code else ["-m", "vipcopy", "serve", "--port", "0", "--no-open", *rules]
    environment = {**os.environ, "VIPCOPY_CACHE": "off", "PYTHONUNBUFFERED": "1"}
    start = [sys.executable, *command, *arguments]
    process = subprocess.Popen(start, stdout=subprocess.PIPE, cwd=folder, env=environment, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line
        yield Server(line[line.index("http://") :].split()[0], process)
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def _resident(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
