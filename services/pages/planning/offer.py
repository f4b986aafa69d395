"""What the forms of a plan's page offer: which there are for the reader now, and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.glossary import EngagementStage
from domain.plan.commands import ProposeChange
from domain.plan.smart.verdict import SmartCode
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT
from services.engagement.step import COACHED
from services.pages.cast import label, names_of
from services.pages.form import allowed, reasons
from services.pages.plan import PlanView
from services.pages.planning.form import COMMANDS, CONTENT, SOURCES, UNITS
from services.pages.sent import Sent
from services.pages.words import words
from services.permission.relation import of_engagement
from services.reading.reads import Look, Reads
from services.reading.view import disclosed

WORKED_ON: Final = frozenset[EngagementStage]({"contracted", "active"})
"""Stages of an engagement in which its plan is worked on."""
AFTER: Final = frozenset({"measure", "complete", "reach"})
"""What is done to a plan once it is in force."""
ANSWERS: Final = frozenset({"accept", "decline"})
Choices = Sequence[tuple[object, str]]
KINDS: Final[Choices] = (("numeric", "A number with a unit"), ("scale", "A score on a scale"), ("yes_no", "Yes or no"))
DIRECTIONS: Final[Choices] = (
    ("", "Not said yet"),
    ("increase", "It is to rise"),
    ("decrease", "It is to fall"),
    ("maintain", "It is to stay"),
)
OUTCOMES: Final[Choices] = (
    ("attained", "It is attained"),
    ("partly_attained", "It is partly attained"),
    ("not_attained", "It is not attained"),
    ("abandoned", "It is abandoned"),
)
"""How an objective ends. Before the plan is in force, only the last one."""
LEVELS: Final[Mapping[int, str]] = {
    -2: "Much less than expected",
    -1: "Less than expected",
    0: "As expected",
    1: "More than expected",
    2: "Much more than expected",
}
"""Those of an attainment scale (Kiresuk & Sherman 1968), in words."""
GRADES: Final[Choices] = ((1, "Somewhat"), (2, "Quite"), (3, "Very"))
"""How important or difficult an objective is; the product of both is its weight."""
WAYS: Final[Choices] = (
    ("training", "Training"),
    ("practice", "Practice"),
    ("meeting", "Meetings"),
    ("support", "Support by others"),
    ("experiment", "An experiment"),
)
"""What a strategy is made of."""
AREAS: Final = ("leadership", "communication", "performance", "career", "wellbeing", "team")
"""Areas in which an outcome shows; over HTTP it may be any word."""


class Override(NamedTuple):
    """A code that keeps the plan from becoming active, in an objective with that number, which the coach may let pass."""

    objective_id: UUID
    number: int | None
    code: SmartCode


class Offer(NamedTuple):
    """`forms` are those that the reader finds; `mine` is the reader's party; `outcomes` what the program's sponsor wants.

    `others` are those whose promises it is not for the reader to call kept; `works`: exercises are theirs to offer or to answer.
    `agreed`: what the plan holds is proposed as a change. `gated`: it becomes active only if it is SMART.
    """

    forms: frozenset[str]
    agreed: bool
    gated: bool
    mine: str
    today: date
    outcomes: Choices
    owners: Choices
    others: frozenset[UUID]
    works: bool
    parties: Choices
    objectives: Choices
    reasons: Choices
    overrides: Sequence[Override]
    units: Choices
    sources: Choices
    areas: Choices
    kinds: Choices = KINDS
    directions: Choices = DIRECTIONS
    verdicts: Choices = OUTCOMES
    levels: Choices = tuple(LEVELS.items())
    grades: Choices = GRADES
    ways: Choices = WAYS


async def offer(request: Request[Any, Any, Any], reads: Reads, look: Look, view: PlanView, may: frozenset[str], sent: Sent) -> Offer:
    forms = forms_for(look, view)
    plan, rules = view.plan, look.organization.policy
    program = await program_of(request, reads, look)
    gated = rules.smart_gate if program is None or program.smart_gate is None else program.smart_gate
    people = owners(look, view)
    called = await names_of(request, reads, look.actor, people)
    return Offer(
        forms=forms,
        agreed=plan.status == "active",
        gated=gated,
        mine=look.actor.role,
        today=look.today,
        outcomes=[("", "None of them"), *((one.id, one.text) for one in program.outcomes)] if program is not None else (),
        owners=[(one, label(one, called.get(one))) for one in people],
        others=others(look),
        works=not may.isdisjoint({"answer_exercise", "offer_exercise"}),
        parties=[(party, words(party)) for party in COACHED],
        objectives=[(one.shown.id, f"{one.number} {disclosed(one.shown.title) or ''}") for one in view.objectives if not one.over],
        reasons=reasons(rules.reason_codes),
        overrides=[one for one in overrides(view, sent.of("activate").facts) if gated or one.code == SmartCode.TOO_MANY_ACTIVE],
        units=chosen(UNITS),
        sources=chosen(SOURCES),
        areas=chosen(AREAS),
    )


def owners(look: Look, view: PlanView) -> list[UUID]:
    """Who may be named as whose an action is: everybody who is coached and the coach; by a member of a group, only they themselves."""
    state = look.engagement
    if state is None or look.actor.person_id in state.present_members:
        return [look.actor.person_id]
    return [one for one in (*state.coached, view.engagement.coach_id) if one is not None]


def others(look: Look) -> frozenset[UUID]:
    """In a group each says for themselves that a promise is kept: a member of no other, its first client of no member. Its coach may of all."""
    state, reader = look.engagement, look.actor.person_id
    if state is None or reader not in state.coached:
        return frozenset()
    everybody = frozenset(one for one in (*state.coached, state.coach_id) if one is not None)
    return everybody - {reader} if reader in state.present_members else frozenset(state.present_members)


def chosen(codes: Sequence[str]) -> Choices:
    return (("", "Not said yet"), *((one, words(one)) for one in codes))


def forms_for(look: Look, view: PlanView) -> frozenset[str]:
    """What the reader may do to the plan now."""
    plan, engagement = view.plan, look.engagement
    if engagement is None or engagement.stage not in WORKED_ON:
        return frozenset()
    in_force = plan.status == "active"
    asked = {what: ProposeChange if in_force and what in CONTENT else command for what, command in COMMANDS.items()}
    found = allowed(look.actor, asked, of_engagement(engagement))
    approvals, changes = disclosed(plan.approvals), disclosed(plan.changes)
    agreed = any(one.party == look.actor.role and one.current for one in approvals or ())
    missing = {
        "propose": plan.status != "draft" or not view.objectives,
        "approve": plan.status not in ("proposed", "active") or approvals is None or agreed,
        "activate": plan.status != "proposed",
        "milestone": not view.objectives,
        "baseline": not view.objectives,
        "adopt": not view.objectives,
    }
    left = (frozenset({"propose"}) if in_force else AFTER) | (frozenset() if changes else ANSWERS)
    return found - left - {what for what, is_missing in missing.items() if is_missing}


def overrides(view: PlanView, facts: Mapping[str, Any]) -> list[Override]:
    """What the refusal named, else what the check finds as the plan stands."""
    numbers = view.numbers
    if "rules" in facts:
        named = [(one["objective_id"], one["codes"]) for one in facts["objectives"]]
    else:
        named = [(one.shown.id, one.shown.smart.blocking) for one in view.objectives if not one.over and one.shown.smart]
    return [Override(id, numbers.get(id), SmartCode(code)) for id, codes in named for code in codes]


async def program_of(request: Request[Any, Any, Any], reads: Reads, look: Look) -> ProgramState | None:
    """That of the plan's engagement, if it belongs to one."""
    program = look.engagement.program_id if look.engagement is not None else None
    if program is None:
        return None
    async with reads.snapshot(request, look.actor, CURRENT["program"], shown_by=look) as (rows, _):
        found: current.Current[ProgramState] | None = await current.one(rows, "program", program, words=False)
    return found.state if found is not None else None
