"""What a command says that it has seen is there, whichever command it is: else it would replace what nobody has read."""

from __future__ import annotations

import pytest

from domain.session.commands import RecordSessionNote
from services.command.known import require_seen, seen_by
from services.errors import Unreadable
from tests.services.firm import Firm


def test_it_is_found_in_what_a_command_holds() -> None:
    note = RecordSessionNote(text="Word", visibility="shared", seen=7)
    assert list(seen_by(note, "")) == [("/seen", 7)]
    require_seen(note, 7)
    with pytest.raises(Unreadable) as refused:
        require_seen(note, 6)
    assert [fault.pointer for fault in refused.value.faults] == ["/seen"]


async def test_nobody_is_erased_by_who_read_what_is_still_to_come(planned: Firm) -> None:
    at = f"/v1/people/{planned.ids['client']}"
    seen = (await planned.seen("admin", at))["profile_version"]
    body = {"basis": "objection", "seen": seen + 40}
    refused = await planned.post("admin", f"{at}/request-person-erasure", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/seen")
    changed = await planned.post("client", f"{at}/change-person-profile", {"name": "Else", "seen": seen + 40})
    assert (changed.status_code, changed.json()["errors"][0]["pointer"]) == (400, "/seen")
    assert (await planned.seen("admin", at))["erasure"] is None
