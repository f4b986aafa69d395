"""What a line of the log looks like, and what never gets into it."""

from __future__ import annotations

import ast
import asyncio
import gc
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from infra.logging import LONGEST, MOST, configure
from tests.architecture.tree import ROOT

LEVELS = {"debug", "info", "warning", "error", "exception"}


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    stream = io.StringIO()
    configure("api", "info", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    sys.excepthook, threading.excepthook = hooks
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(output: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_each_record_is_one_json_object_with_its_process(output: io.StringIO) -> None:
    structlog.get_logger().info("request_answered", status=200, path="a\nb\x1b[31m")
    logging.getLogger("uvicorn.error").warning("hello %s", "there")
    ours, theirs = lines(output)
    assert (ours["event"], ours["status"], ours["path"], ours["process"], ours["level"]) == (
        "request_answered", 200, "a\nb\x1b[31m", "api", "info",
    )  # fmt: skip
    assert (theirs["event"], theirs["logger"], theirs["process"]) == ("hello there", "uvicorn.error", "api")
    assert "\x1b" not in output.getvalue()


def test_what_is_below_the_level_is_left_out(output: io.StringIO) -> None:
    structlog.get_logger().debug("unseen")
    logging.getLogger("asyncio").debug("unseen")
    assert output.getvalue() == ""


def test_an_error_keeps_its_kind_and_place_but_not_the_value_at_fault(output: io.StringIO) -> None:
    try:
        int("she is\nexhausted")
    except ValueError:
        structlog.get_logger().exception("page_failed")
    try:
        raise LookupError("no key\nDETAIL: Failing row contains (exhausted).")
    except LookupError:
        structlog.get_logger().exception("page_failed")
    first, second = (line["exception"][0] for line in lines(output))
    assert (first["exc_type"], first["exc_value"]) == ("ValueError", "invalid literal for int() with base 10: '...'")
    assert second["exc_value"] == "no key"
    assert "exhausted" not in output.getvalue()


def test_a_value_that_holds_quotation_marks_is_left_out_whole(output: io.StringIO) -> None:
    for value in ("she's exhausted", 'it\'s "all" exhausted', "say \"'exhausted"):
        try:
            raise KeyError(value)
        except KeyError:
            structlog.get_logger().exception("page_failed")
    assert [line["exception"][0]["exc_value"] for line in lines(output)] == ["'...'"] * 3


def test_errors_of_a_group_lose_their_words_too(output: io.StringIO) -> None:
    inner = ExceptionGroup("two", [ValueError("of 'exhausted'"), LookupError("no key\nexhausted")])
    try:
        raise ExceptionGroup("all of 'exhausted'", [inner])
    except ExceptionGroup:
        structlog.get_logger().exception("page_failed")
    (line,) = lines(output)
    ((group,),) = line["exception"][0]["exceptions"]
    assert [error["exc_value"] for (error,) in group["exceptions"]] == ["of '...'", "no key"]
    assert "exhausted" not in output.getvalue()


def test_what_nobody_awaits_and_what_ends_a_thread_loses_its_words(output: io.StringIO) -> None:
    async def failing() -> None:
        raise ValueError("of 'exhausted'")

    async def forgetting() -> None:
        task = asyncio.create_task(failing())
        await asyncio.wait([task])

    asyncio.run(forgetting())
    gc.collect()
    thread = threading.Thread(target=int, args=("exhausted",))
    thread.start()
    thread.join()
    forgotten, ended = lines(output)
    assert (forgotten["logger"], forgotten["event"]) == ("asyncio", "Task exception was never retrieved")
    assert (ended["event"], ended["exception"][0]["exc_type"]) == ("thread_failed", "ValueError")
    assert "exhausted" not in output.getvalue()


def test_a_long_value_is_cut(output: io.StringIO) -> None:
    structlog.get_logger().info("seen", value="x" * 1_000_000)
    assert len(output.getvalue()) < 5_000


HOSTILE = 'a\r\nb\x1b[31m\x00\u2028"}\n{"event": "forged", "x": "' + "x" * 300_000
INSIDE = [HOSTILE, HOSTILE.encode(), [HOSTILE] * 1_000, {HOSTILE: [HOSTILE]}, {HOSTILE}, ValueError(HOSTILE), Path(HOSTILE)]


def fields_logged() -> set[str]:
    """Every name that the code gives a value in its log."""
    found = set()
    for package in ("infra", "projections", "services", "workers"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
                    found |= {word.arg for word in node.keywords if word.arg} - {"exc_info"}
    return found


@pytest.mark.parametrize("value", INSIDE, ids=lambda value: type(value).__name__)
def test_no_value_of_any_field_breaks_out_of_its_line_or_floods_the_log(output: io.StringIO, value: Any) -> None:
    names = sorted(fields_logged())
    assert {"code", "error", "where", "said"} <= {*names}
    for name in names:
        structlog.get_logger().error("request_refused", **{name: value})
    written = output.getvalue()
    told = [json.loads(line) for line in written.split("\n") if line]
    assert [line["event"] for line in told] == ["request_refused"] * len(names)
    assert [control for control in "\r\x1b\x00\u2028" if control in written] == []
    assert max(map(len, written.split("\n"))) < 2 * MOST * LONGEST


def test_a_message_of_the_standard_library_is_one_line_too(output: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid: %s", HOSTILE)
    (line,) = lines(output)
    assert (line["event"][:11], len(line["event"]) < 2 * LONGEST) == ("Invalid: a\r", True)
