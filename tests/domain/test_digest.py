"""The content digest: a chain that anyone can compute again from stored bytes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from msgspec.structs import replace

from domain.digest import digest_of_nothing, extended
from tests.domain.spec import IDS, recorded
from tests.domain.test_engagement import DRAFTED

START = digest_of_nothing(IDS[0])
LINK = recorded(DRAFTED, version=3)


def test_begins_with_the_streams_id() -> None:
    assert sha256(b"throughline-digest-v1" + IDS[0].bytes).hexdigest() == START
    assert digest_of_nothing(IDS[1]) != START


def test_a_link_is_made_of_the_bytes_that_are_published() -> None:
    name = b"engagement.agreement_drafted"
    link = bytes.fromhex(START) + bytes([0, 0, 0, 0, 0, 0, 0, 3]) + bytes([0, 0, 0, len(name)]) + name + bytes([0, 1]) + LINK.payload_hash
    assert extended(START, LINK) == sha256(link).hexdigest()


def test_a_known_digest_never_changes() -> None:
    known = replace(LINK, type="plan.objective_defined", version=258, schema_v=2, payload_hash=bytes(range(32)))
    assert extended("00" * 32, known) == "7d4140b96488fb88f23420024a8da839dd5e306d8d35129cae4f9e604e23294d"


@pytest.mark.parametrize("change", [{"version": 4}, {"type": "engagement.agreement_draft"}, {"schema_v": 2}, {"payload_hash": bytes(32)}])
def test_every_part_of_a_link_counts(change: dict[str, object]) -> None:
    assert extended(START, replace(LINK, **change)) != extended(START, LINK)
