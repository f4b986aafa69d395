"""Gathers what was seen from the processes of a run, writes the listing, and lets a whole run fail where a line has no test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.listing.table import lines
from tests.listing.witness import WITNESS

FILE: Final = "listing.md"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    WITNESS.begin(item.nodeid)
    return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    WITNESS.learn(getattr(node, "workeroutput", {}).get("listing", []))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["listing"] = WITNESS.told()
        return
    missing = [seen for seen, test in lines(WITNESS.shown) if test is None]
    if is_whole(config) and missing and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not is_whole(config):
        return
    table = list(lines(WITNESS.shown))
    path = config.cache.mkdir("listing") / FILE
    path.write_text("".join(f"| {seen.subject} | {seen.code or 'done'} | {seen.where} | {test or 'NO TEST'} |\n" for seen, test in table))
    terminalreporter.write_line(f"events and refusals, each with its test: {path}")
    for seen, test in table:
        if test is None:
            terminalreporter.write_line(f"NO TEST shows {seen.subject} {seen.code or 'done'}")


def is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for: of a part, the listing says nothing."""
    everything = config.args == config.getini("testpaths") or config.getoption("listing")
    return bool(everything) and not config.getoption("keyword")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--listing", action="store_true", help="List which test shows which event and refusal, of the tests that were asked for."
    )
