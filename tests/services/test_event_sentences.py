"""What happened, told in German: each event and each change, with the codes in them, the roles of people and what stands for a word."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from msgspec import Struct

from domain.difference import Difference, Kind
from domain.event import Event
from domain.glossary import PARTIES
from domain.plan.difference.item import strategy_parts
from domain.plan.difference.objective import parts
from domain.plan.events import ChangeAccepted, TargetRefined
from domain.plan.state import Objective
from domain.plan.state.objective import Touch
from domain.values import ERASED, OfClient
from projections.sentence import ERASED as GONE
from projections.sentence import MINUTE, NONE, PARTS, QUOTED, SHIFTED, TEMPLATES, THE_CHANGE, UNKNOWN, WITHHELD, sentence
from services.actor import ROLES
from services.audit import phrase
from services.plan.readiness import JUDGES
from services.wording.language import GERMAN
from services.wording.page.german import SENTENCES
from tests.projections.history import (
    CHANGE,
    CLIENT,
    COACH,
    OBJECTIVE,
    OTHER,
    concluded,
    defined,
    lint,
    measured,
    milestone,
    moved,
    noon,
    refined,
    terms,
)
from tests.projections.test_timeline import adopted, change, known
from workers.reminder.rule import RULES

SAID = {*SHIFTED.values(), MINUTE, QUOTED, WITHHELD, GONE, UNKNOWN, THE_CHANGE, "somebody"}
WHO = {f"the {role}".replace("_", " ") for role in (*ROLES, *PARTIES, "rater", "worker", "operator")}


def codes(hint: Any) -> Iterator[str]:
    """The codes of a closed list that a field may hold."""
    if get_origin(hint) is Literal:
        yield from (one for one in get_args(hint) if isinstance(one, str))
    for inner in get_args(hint):
        yield from codes(inner)


def held(kind: Any, path: list[str]) -> Iterator[str]:
    """The codes at the end of a path of fields."""
    hint = get_type_hints(kind)[path[0]]
    if len(path) == 1:
        yield from codes(hint)
    for inner in (hint, *get_args(hint)):
        if len(path) > 1 and isinstance(inner, type) and issubclass(inner, Struct):
            yield from held(inner, path[1:])


def an_objective() -> Objective:
    made = Touch(version=1, by=COACH)
    known = {
        "lint": lint(),
        "defined_by": "coach",
        "made": made,
        "made_at": noon("2026-01-05"),
        "measure_version": 1,
        "baseline_version": 1,
    }
    return Objective(id=OBJECTIVE, terms=terms(measure=None, baseline=None), **known)


def spoken_codes() -> set[str]:
    """Every code that a sentence may say, as words."""
    of_events = {
        code
        for kind, template in (TEMPLATES | PARTS).items()
        for _, field, _, _ in string.Formatter().parse(template)
        if field
        for code in held(kind, field.split("."))
    }
    fields = {*parts(an_objective()), *strategy_parts(adopted().terms), *PARTIES}
    of_changes = {phrase.FIELDS.get(field, field) for field in fields} | set(get_args(Kind))
    return {code.replace("_", " ") for code in (*of_events, *of_changes, *(rule.code for rule in RULES), NONE, "yes", "no")}


def test_every_event_and_every_change_has_its_sentence_in_german() -> None:
    """With the same places to fill in, as every sentence of the catalogue has (`test_page_sentences`)."""
    cures = {cure for _, cure in JUDGES.values()}
    asked = {*TEMPLATES.values(), *PARTS.values(), *phrase.TEMPLATES.values(), *SAID, *WHO, *cures}
    assert sorted(asked - SENTENCES.keys()) == []


def test_every_code_of_a_sentence_is_a_word_in_german() -> None:
    found = spoken_codes()
    assert {"partly attained", "action due", "due date", "private coach"} <= found
    assert sorted(found - SENTENCES.keys()) == []


TOLD: list[tuple[Event, str]] = [
    (defined(title=OfClient("Lead the team")), "Dana legte das Ziel „Lead the team“ fest, fällig am 30. Juni 2026."),
    (defined(title=OfClient(sealed="x")), "Dana legte das Ziel [nicht gezeigt] fest, fällig am 30. Juni 2026."),
    (defined(title=OfClient(ERASED)), "Dana legte das Ziel [gelöscht] fest, fällig am 30. Juni 2026."),
    (measured(60, "2026-03-01"), "Dana maß am 1. März 2026 für „Lead the team“: 60."),
    (milestone("2026-03-20"), "Dana setzte den Meilenstein „Half of the team convinced“ zu „Lead the team“ für den 20. März 2026."),
    (concluded("partly_attained"), "Dana beurteilte das Ziel „Lead the team“: teilweise erreicht."),
    (adopted(), "Dana wählte die Strategie „Weekly practice“ (Übung) für „Lead the team“."),
    (
        change(refined(TargetRefined(from_=None, to=Decimal(90)))),
        "Dana schlug vor, das Ziel „Lead the team“ zu ändern: Zielwert 90 statt keiner.",
    ),
]


@pytest.mark.parametrize(("event", "expected"), TOLD, ids=[f"{type(event).__name__}-{number}" for number, (event, _) in enumerate(TOLD)])
def test_an_event_reads_as_a_german_sentence(event: Event, expected: str) -> None:
    assert sentence(event, COACH, known(), GERMAN) == expected


def test_a_date_that_moved_says_how_far_in_german() -> None:
    told = sentence(moved("2026-03-20", "2026-04-03", initiated_by="client"), COACH, known(), GERMAN)
    assert told == "Dana verschob den Meilenstein „First demo“ vom 20. März 2026 auf den 3. April 2026 (14 Tage später; Wunsch: Klient)."


def test_a_change_keeps_its_language_until_it_is_accepted() -> None:
    labels = known()
    sentence(change(defined(OTHER)), COACH, labels, GERMAN)
    accepted = ChangeAccepted(change_id=CHANGE, party="client", plan_version=2, overrides=())
    assert sentence(accepted, CLIENT, labels, GERMAN) == (
        "Mira nahm an (Seite: Klient): die Änderung, das Ziel „Lead the billing project team to its first release“ aufzunehmen, "
        "fällig am 30. Juni 2026; daraus wird Fassung 2."
    )


def test_a_difference_is_told_in_german() -> None:
    one = Difference(
        about="objective", kind="moved", id=OBJECTIVE, field="due_on", from_=date(2026, 6, 30), to=date(2026, 6, 29), days=-1, versions=(2,)
    )
    expected = "Beim Ziel „Lead the team“ verschob sich: Termin, jetzt 29. Juni 2026, zuvor 30. Juni 2026, 1 Tag früher"
    assert phrase.phrase(one, known(), GERMAN) == expected
