"""The server itself: a socket of its own, the address to open, and the end at ^C."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

import uvicorn

from vipcopy import ConfigError, Standard
from vipcopy.web.access import Access, is_address
from vipcopy.web.app import build_app
from vipcopy.web.bounds import BOUNDS, Bounds
from vipcopy.web.timeouts import TimeoutProtocol

_MOST_CONNECTIONS = 500
_IDLE_SECONDS = 60  # a client that is slow to ask again may meet a connection that is just being closed
_LAST_SECONDS = 5  # for requests under way when the server is told to end


def open_socket(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ConfigError, in one line."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=1024)
        listener.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # an answer's body doesn't wait 40 ms for its head
        return listener
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise ConfigError(f"порт {port} занят; укажите другой: vipcopy serve --port {port + 1}") from None
        if isinstance(error, OSError) and error.errno == errno.EACCES:
            raise ConfigError(f"порт {port} закрыт системой; укажите порт от 1024: --port 8642") from None
        raise ConfigError(f"адрес {host}:{port} не открывается; проверьте --host и --port") from None


def write_address(listener: socket.socket, access: Access) -> str:
    """The address to open in a browser, with the token where one is asked for."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    name = f"[{host}]" if is_address(host) and ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={access.token}" if access.token else "")


def serve(
    standard: Standard,
    listener: socket.socket,
    access: Access,
    bounds: Bounds = BOUNDS,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Answer until ^C or a signal to end. `started` is called once checks can be asked for."""
    config = uvicorn.Config(
        build_app(standard, access, bounds),
        http=TimeoutProtocol.within(bounds.reading),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    _Server(config, started).run([listener])


class _Server(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._tell()
