"""Turning new connections away from a port while those that were made are still answered."""

from __future__ import annotations

import ctypes
import os
import socket
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SO_ATTACH_FILTER: Final = 26
NOTHING: Final = struct.pack("HBBI", 0x06, 0, 0, 0)
"""A packet filter of one instruction: let through no byte."""
OPEN: Final = Path("/proc/self/fd")


def turn_away(port: int) -> None:
    """For a server whose sockets are its own: what it closes together with its socket, it would leave without an answer.

    A caller who is turned away sees nothing until the socket is closed, and then that nobody listens there. Where the kernel
    does not show a process its sockets (other than Linux), nothing is done.
    """
    program = ctypes.create_string_buffer(NOTHING)
    for listener in listening(port):
        listener.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", 1, ctypes.addressof(program)))
        listener.close()  # only this name of it


def listening(port: int) -> Iterator[socket.socket]:
    """The sockets of this process that listen at the port, by names of their own."""
    for name in os.listdir(OPEN) if OPEN.exists() else ():
        if not is_socket(int(name)):
            continue
        known = socket.socket(fileno=os.dup(int(name)))
        if is_at(known, port) and known.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            yield known
        else:
            known.close()


def is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:  # closed meanwhile
        return False


def is_at(known: socket.socket, port: int) -> bool:
    return known.family in {socket.AF_INET, socket.AF_INET6} and bool(known.getsockname()[1] == port)
