"""The door of the pages: the socket that they are served on, and how many may come in at once."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Web
from domain.errors import Misconfigured

MOST_OPEN = 65_536  # files and lines; many systems begin a process with 1,024


@contextmanager
def opened(web: Web) -> Iterator[socket.socket]:
    """Open the socket that the pages are served on; port 0 takes any that is free."""
    try:
        family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
        door = socket.create_server((web.host, web.port), family=family, backlog=2048)
    except OSError as error:
        raise Misconfigured(
            f"Nothing can listen at {web.host}:{web.port} ({error.strerror}): set BEFFROI_WEB_HOST "
            "and BEFFROI_WEB_PORT to an address of this machine and a free port."
        ) from error
    with door:
        yield door


def address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def open_many() -> None:
    """Hold as many lines open as the machine lets us: each page that is left open is one."""
    try:
        import resource  # noqa: PLC0415 - not made for Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(MOST_OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
