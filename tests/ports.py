"""Free ports for programs that must be told theirs."""

import random
import socket
from contextlib import suppress

# Systems hand out ports from 32768 up to whoever calls somewhere (Linux' ip_local_port_range;
# IANA's begin at 49152): below, nobody takes one between our asking and the program's start.
OURS = range(10_000, 32_768)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens, and which nobody is given by chance."""
    while True:
        port = random.choice(OURS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
