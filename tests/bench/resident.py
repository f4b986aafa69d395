"""How much memory processes take, as Linux tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

PEAK: Final = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
SHARE: Final = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)
GONE: Final = (FileNotFoundError, ProcessLookupError)
KILOBYTES: Final = 1024  # of a megabyte


def tree(pid: int) -> Iterator[int]:
    """The process, its children, their children and so on."""
    yield pid
    try:
        children = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except GONE:
        return
    for child in (int(each) for several in children for each in several):
        yield from tree(child)


class Peaks:
    """The most that each of some processes, and what they started, ever had in memory (resident set), as far as it was looked at."""

    def __init__(self) -> None:
        self.most: dict[int, int] = {}  # process id -> kB

    def look(self, pid: int) -> None:
        """Notes the process and what it has started by now."""
        self.most |= {one: most for one in tree(pid) if (most := told(PEAK, Path(f"/proc/{one}/status")))}

    @property
    def megabytes(self) -> float:
        """Of all together."""
        return sum(self.most.values()) / KILOBYTES


def shared_out(pids: Iterable[int]) -> float:
    """Megabytes that these processes have in memory now, what several share divided among them (proportional set)."""
    return sum(told(SHARE, Path(f"/proc/{pid}/smaps_rollup")) for pid in pids) / KILOBYTES


def told(what: re.Pattern[str], file: Path) -> int:
    """kB; 0 of a process that has ended."""
    try:
        found = what.search(file.read_text())
    except GONE:
        return 0
    return int(found[1]) if found else 0
