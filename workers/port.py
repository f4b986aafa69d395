"""The socket that the API listens on."""

from __future__ import annotations

import errno
import socket

from infra.settings import Misconfigured


def listening(host: str, port: int) -> socket.socket:
    """A bound socket. Raises `Misconfigured` when the address cannot be had, with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio looks at it before it sets TCP_NODELAY: else an answer's body, sent after its
    # head, waits for the caller's delayed acknowledgement, some 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise Misconfigured(
                f"Port {port} on {host} is in use: stop what uses it (perhaps another `throughline up`), or choose another one, "
                f"such as THROUGHLINE_PORT={port + 1 if port < 65535 else 8080}."
            ) from None
        raise Misconfigured(
            f"Cannot listen on {host} port {port} ({error.strerror}): check THROUGHLINE_HOST and THROUGHLINE_PORT."
        ) from None
    return bound
