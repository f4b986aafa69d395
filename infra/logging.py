"""Logs: one JSON object a line on standard error, past-tense snake names, ids bound once. Never a name, a text or a secret."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, TextIO

import structlog

LONGEST: Final = 2_000  # characters of one value: a log line is no place for a payload
MOST: Final = 100
"""Items of one list; a trace has fewer."""
QUOTED: Final = re.compile(r"""'[^']*'|"[^"]*\"""")


def configure(process: str, level: str = "info", output: TextIO | None = None) -> None:
    """Sends structlog's and the standard library's records alike to `output`, each with the name of the process."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
        masked,
        shortened,
    ]
    handler = logging.StreamHandler(output or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer(default=str)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(process=process)


def shortened(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Cuts what is too long, so that a hostile value cannot flood the log."""
    return {name: value if name.startswith("_") else cut(value) for name, value in event.items()}  # `_record` is not written


def cut(value: Any) -> Any:
    """The value as a line has it: texts, and what becomes one, of at most so many characters, and so many items of a list."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return value if len(value) <= LONGEST else f"{value[:LONGEST]}... ({len(value)} characters)"
        case Mapping():
            return {cut(str(name)): cut(inner) for name, inner in islice(value.items(), MOST)}
        case list() | tuple() | set() | frozenset():
            return [cut(inner) for inner in islice(value, MOST)]
    return cut(str(value))


def masked(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Keeps an error's first line without what it quotes: there stands the value at fault, which may be somebody's words."""
    for error in event.get("exception", ()):
        error["exc_value"] = QUOTED.sub("'...'", error["exc_value"].partition("\n")[0])
        error["exc_notes"] = []
    return event
