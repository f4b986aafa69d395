"""Reading ahead: while one page is worked on, the database and the decoder are busy with the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

T = TypeVar("T")


async def ahead(pages: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """The same pages, each asked for before the one in front of it is given back. Close it where it is not read to the end."""
    reading: asyncio.Task[list[T]] = asyncio.create_task(following(pages))
    try:
        while found := await reading:
            reading = asyncio.create_task(following(pages))
            yield found[0]
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def following(pages: AsyncIterator[T]) -> list[T]:
    """The next one, none when it is over."""
    async for page in pages:
        return [page]
    return []
