"""Logs: one JSON object a line on standard error, past-tense snake names, ids bound once. Never a name, a text or a secret."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Mapping
from itertools import islice
from types import TracebackType
from typing import Any, Final, TextIO

import structlog

LONGEST: Final = 2_000  # characters of one value: a log line is no place for a payload
MOST: Final = 100
"""Items of one list; a trace has fewer."""
QUOTED: Final = re.compile(r"""['"].*['"]""")
"""From the first quotation mark to the last: what is quoted may hold some itself."""
log = structlog.get_logger()


def configure(process: str, level: str = "info", output: TextIO | None = None) -> None:
    """Sends structlog's and the standard library's records alike to `output`, each with the name of the process.

    So goes what ends the process, or a thread of it, too, since the interpreter would write it out with all its words.
    """
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
    sys.excepthook = ended
    threading.excepthook = thread_ended


def ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Logs what nobody caught; what ended the process on purpose is nothing to log."""
    if issubclass(kind, Exception):
        log.critical("process_failed", exc_info=(kind, error, trace))


def thread_ended(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and issubclass(failed.exc_type, Exception):
        log.critical("thread_failed", exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback))


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
    """Keeps of errors what `without_words` does; and of what asyncio says of one, the line without the error."""
    for error in event.get("exception", ()):
        without_words(error)
    if event.get("logger") == "asyncio":
        event["event"] = without_value(event["event"])
    return event


def without_words(error: dict[str, Any]) -> None:
    """Keeps an error's first line without what it quotes, and so those of a group: there stands the value at fault, which may be somebody's words."""
    error["exc_value"], error["exc_notes"] = without_value(error["exc_value"]), []
    for inner in error["exceptions"]:
        for each in inner:
            without_words(each)


def without_value(said: str) -> str:
    return QUOTED.sub("'...'", said.partition("\n")[0])
