"""The socket that the API listens on."""

from __future__ import annotations

import asyncio
import socket

from workers.port import listening


async def test_an_answer_in_two_parts_is_not_held_back() -> None:
    """The server that asyncio makes of the socket sends each part at once."""
    at_once: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at_once.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with listening("127.0.0.1", 0) as bound:
        async with await asyncio.start_server(answer, sock=bound):
            _, writer = await asyncio.open_connection(*bound.getsockname())
            assert await asyncio.wait_for(at_once, 5) != 0
            writer.close()
