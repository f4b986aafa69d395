"""What each role sees of a personal value, whatever state it is in."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from domain.values import ERASED, OfClient, OfPerson
from services.actor import Actor, Role
from services.reading.view import GONE, WITHHELD, people, sight
from tests.domain.spec import uuid

OPEN = OfClient("I want to be heard")
SEALED: OfClient[str] = OfClient(sealed="tl1...")
GONE_FOR_GOOD: OfClient[str] = OfClient(ERASED, sealed="tl1...")


def actor(role: str) -> Actor:
    return Actor(uuid(1), uuid(2), role, uuid(3))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["client", "coach"])
def test_inside_of_the_engagement_words_are_read(role: Role) -> None:
    assert sight(actor(role)).text(OPEN) == "I want to be heard"


@pytest.mark.parametrize("role", ["program_manager", "auditor", "admin", "integration"])
def test_outside_of_it_they_are_withheld(role: Role) -> None:
    seen = sight(actor(role), frozenset({"objective_titles"}))
    assert seen.text(OPEN) == seen.text(OPEN, "objective_titles") == seen.text(SEALED) == WITHHELD
    assert not seen.opens


def test_a_sponsor_reads_the_classes_that_are_granted() -> None:
    seen = sight(actor("sponsor"), frozenset({"objective_titles"}))
    assert seen.text(OPEN, "objective_titles") == "I want to be heard"
    assert seen.text(OPEN, "progress") == seen.text(OPEN) == WITHHELD
    assert (seen.of("objective_titles", 1), seen.of("progress", 1)) == (1, UNSET)


@pytest.mark.parametrize("role", ["client", "coach", "sponsor", "program_manager", "auditor"])
def test_what_is_erased_is_erased_for_everyone(role: Role) -> None:
    seen = sight(actor(role), frozenset({"objective_titles"}))
    assert seen.text(GONE_FOR_GOOD, "objective_titles") == seen.name(GONE_FOR_GOOD) == GONE
    assert seen.text(None) is None


def test_names_are_for_all_but_auditors() -> None:
    names = {uuid(7): OfPerson("Ada", subject=uuid(7))}
    shown = {role: people(names, sight(actor(role)), uuid(7), None, uuid(7))[0].name for role in ("coach", "sponsor", "auditor")}
    assert shown == {"coach": "Ada", "sponsor": "Ada", "auditor": WITHHELD}
