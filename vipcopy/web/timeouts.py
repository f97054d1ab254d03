"""The HTTP protocol of uvicorn that doesn't wait forever for the head of a request."""

from __future__ import annotations

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class TimeoutProtocol(H11Protocol):
    """Closes with 408 a connection whose first request doesn't come, or a request whose head doesn't end, in time."""

    seconds = 15.0
    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A client is there; it has not asked yet."""
        super().connection_made(transport)
        self._set_alarm()

    def data_received(self, data: bytes) -> None:
        """The alarm is off once the head is whole, and stays as it was while it is not."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_alarm()
        elif self._alarm is None:
            self._set_alarm()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop_alarm()
        super().connection_lost(exc)

    @classmethod
    def within(cls, seconds: float) -> type[TimeoutProtocol]:
        """The protocol with another time."""
        return type("Protocol", (cls,), {"seconds": seconds})

    def _set_alarm(self) -> None:
        self._alarm = self.loop.call_later(self.seconds, self._give_up)

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _give_up(self) -> None:
        body = json.dumps({"error": "запрос шёл слишком долго; повторите"}).encode()
        head = f"HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        if not self.transport.is_closing():
            self.transport.write(head.encode() + b"Connection: close\r\n\r\n" + body)
            self.transport.close()
