"""The form of an answer is the one that Accept gives the greatest weight."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Request
from litestar.testing import RequestFactory

from services.entry.media import CSV, JSON, preferred
from services.errors import NotAcceptable
from tests.services.firm import Firm


def request(accept: str | None) -> Request[Any, Any, Any]:
    return RequestFactory().get("/", headers={} if accept is None else {"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("Text/CSV", CSV),
        ("text/*", CSV),
        ("text/csv;header=present", CSV),
        ("application/json, text/csv", JSON),
        ("application/json;q=0.5, text/csv;q=0.8", CSV),
        ("*/*;q=0.1, text/csv", CSV),
        ("*/*, application/json;q=0", CSV),
        ("text/html, */*;q=0.8", JSON),
    ],
)
def test_the_form_that_is_wanted_most_is_chosen(accept: str | None, media: str) -> None:
    assert preferred(request(accept), JSON, CSV) == media


@pytest.mark.parametrize("accept", ["text/html", "text/csv;q=0, application/json;q=0.0", "text/html, application/xml;q=0.9"])
def test_a_form_that_nobody_speaks_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        preferred(request(accept), JSON, CSV)


async def test_a_ledger_comes_in_the_form_that_is_accepted(planned: Firm) -> None:
    await planned.runner.catch_up()
    for path in ("/v1/ledger", f"/v1/plans/{planned.ids['plan']}/ledger"):
        for accept, media in (("text/csv", CSV), ("text/csv;q=0.2, application/json", JSON), ("*/*", JSON)):
            answer = await planned.get("auditor", path, Accept=accept)
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
            assert "Accept" in answer.headers["vary"]
            again = await planned.get("auditor", path, Accept=accept, If_None_Match=answer.headers["etag"])
            assert again.status_code == 304
        assert (await planned.get("auditor", f"{path}?format=csv", Accept="application/json")).headers["content-type"].startswith(CSV)
        assert (await planned.get("auditor", path, Accept="text/html")).status_code == 406
