"""The process that draws charts: a specification a line in, an `Answer` a line out, until the input ends.

The input ends with the process that started it, so that none is left behind, however that one ended.
"""

from __future__ import annotations

import os
import signal
import sys

import msgspec
import vl_convert
from msgspec import Struct


class Answer(Struct, frozen=True):
    """A drawing, or why there is none."""

    svg: str | None
    error: str | None = None


def answer(line: bytes) -> Answer:
    """Refuses a chart that would fetch its data from anywhere."""
    try:
        return Answer(vl_convert.vegalite_to_svg(msgspec.json.decode(line), allowed_base_urls=[]))
    except ValueError as refused:
        return Answer(None, str(refused))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the one that started it
    for line in sys.stdin.buffer:
        try:
            os.write(sys.stdout.fileno(), msgspec.json.encode(answer(line)) + b"\n")
        except BrokenPipeError:
            return  # the one that started it was killed, and its input ends, too


if __name__ == "__main__":
    main()
