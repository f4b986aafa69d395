"""A page as a picture, as far as a test looks at one: where it is not white."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple


class Picture(NamedTuple):
    """Grey values by line, 0 black to 255 white."""

    width: int
    height: int
    lines: list[bytes]

    def is_white(self, left: int, top: int, right: int, bottom: int) -> bool:
        """Whether nothing is drawn there; right and bottom are not in it."""
        return all(min(line[left:right]) == 255 for line in self.lines[top:bottom])


def picture(png: bytes) -> Picture:
    """Reads what typst writes: 8 bits a channel, red, green, blue and opacity, not interlaced."""
    place, packed = 8, b""
    width, height = struct.unpack(">II", png[16:24])
    assert png[24:29] == bytes([8, 6, 0, 0, 0])
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        packed += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    raw, size = zlib.decompress(packed), width * 4
    before, lines = bytes(size), []
    for start in range(0, len(raw), size + 1):
        before = unfiltered(raw[start], raw[start + 1 : start + 1 + size], before)
        lines.append(bytes(min(before[at : at + 3]) for at in range(0, size, 4)))
    return Picture(width, height, lines)


def unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """One line, of which the file holds the difference to what is left of it and above."""
    found = bytearray(line)
    for at in range(len(line)):
        left, corner = (found[at - 4], above[at - 4]) if at >= 4 else (0, 0)
        match kind:
            case 1:
                found[at] = (line[at] + left) & 255
            case 2:
                found[at] = (line[at] + above[at]) & 255
            case 3:
                found[at] = (line[at] + (left + above[at]) // 2) & 255
            case 4:
                nearest = left + above[at] - corner
                found[at] = (line[at] + min((left, above[at], corner), key=lambda one: abs(nearest - one))) & 255
    return bytes(found)
