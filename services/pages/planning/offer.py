"""What the forms of a plan's page offer: which there are for the reader now, and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.glossary import EngagementStage
from domain.plan.smart.verdict import SmartCode
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT
from services.engagement.step import COACHED
from services.pages.cast import label
from services.pages.plan import PlanView
from services.pages.planning.form import COMMANDS
from services.pages.sent import Sent
from services.pages.words import words
from services.problems import snake
from services.reading.reads import Look, Reads
from services.reading.view import disclosed

WORKED_ON: Final = frozenset[EngagementStage]({"contracted", "active"})
"""Stages of an engagement in which its plan is worked on."""
BEFORE: Final = frozenset({"define", "refine", "propose"})
"""What is done to a plan as long as nothing is agreed; then it is proposed as a change."""
AFTER: Final = frozenset({"measure", "complete", "reach", "add", "change"})
ANSWERS: Final = frozenset({"accept", "decline"})
Choices = Sequence[tuple[object, str]]
KINDS: Final[Choices] = (("numeric", "A number with a unit"), ("scale", "A score on a scale"), ("yes_no", "Yes or no"))
DIRECTIONS: Final[Choices] = (
    ("", "Not said yet"),
    ("increase", "It is to rise"),
    ("decrease", "It is to fall"),
    ("maintain", "It is to stay"),
)
UNITS: Final = ("count", "percent", "days", "hours", "minutes", "points", "eur")
SOURCES: Final = ("own_log", "self_assessment", "calendar", "survey", "interview", "coach", "sponsor", "business_figure")
"""Who or what gives a number; over HTTP it may be any word."""
AREAS: Final = ("leadership", "communication", "performance", "career", "wellbeing", "team")
"""Areas in which an outcome shows; over HTTP it may be any word."""


class Override(NamedTuple):
    """A code that keeps the plan from becoming active, in an objective with that number, which the coach may let pass."""

    objective_id: UUID
    number: int | None
    code: SmartCode


class Offer(NamedTuple):
    """`forms` are those that the reader finds; `mine` is the reader's party; `outcomes` what the program's sponsor wants."""

    forms: frozenset[str]
    mine: str
    today: date
    outcomes: Choices
    owners: Choices
    parties: Choices
    objectives: Choices
    reasons: Choices
    overrides: Sequence[Override]
    units: Choices
    sources: Choices
    areas: Choices
    kinds: Choices = KINDS
    directions: Choices = DIRECTIONS


async def offer(request: Request[Any, Any, Any], reads: Reads, look: Look, view: PlanView, may: frozenset[str], sent: Sent) -> Offer:
    forms = forms_for(look, view, may)
    plan, codes = view.plan, look.organization.policy.reason_codes
    people = [one for one in (plan.client_id, view.engagement.coach_id) if one is not None]
    return Offer(
        forms=forms,
        mine=look.actor.role,
        today=look.today,
        outcomes=await outcomes(request, reads, look) if forms & {"define", "add"} else (),
        owners=[(one, label(one, view.names.get(one))) for one in people],
        parties=[(party, words(party)) for party in COACHED],
        objectives=[(one.shown.id, f"{one.number} {disclosed(one.shown.title) or ''}") for one in view.objectives if not one.over],
        reasons=[("", "In words"), *((code, words(code)) for code in codes)],
        overrides=overrides(view, sent.of("activate").facts),
        units=chosen(UNITS),
        sources=chosen(SOURCES),
        areas=chosen(AREAS),
    )


def chosen(codes: Sequence[str]) -> Choices:
    return (("", "Not said yet"), *((one, words(one)) for one in codes))


def forms_for(look: Look, view: PlanView, may: frozenset[str]) -> frozenset[str]:
    """What the reader may do to the plan now."""
    plan, engagement = view.plan, look.engagement
    if engagement is None or engagement.stage not in WORKED_ON:
        return frozenset()
    found = frozenset(what for what, command in COMMANDS.items() if snake(command.__name__) in may)
    approvals, changes = disclosed(plan.approvals), disclosed(plan.changes)
    agreed = any(one.party == look.actor.role and one.current for one in approvals or ())
    missing = {
        "propose": plan.status != "draft" or not view.objectives,
        "approve": plan.status not in ("proposed", "active") or approvals is None or agreed,
        "activate": plan.status != "proposed",
        "milestone": not view.objectives,
        "baseline": not view.objectives,
    }
    left = (BEFORE if plan.status == "active" else AFTER) | (frozenset() if changes else ANSWERS)
    return found - left - {what for what, is_missing in missing.items() if is_missing}


def overrides(view: PlanView, facts: Mapping[str, Any]) -> list[Override]:
    """What the refusal named, else what the check finds as the plan stands."""
    numbers = view.numbers
    if "rules" in facts:
        named = [(one["objective_id"], one["codes"]) for one in facts["objectives"]]
    else:
        named = [(one.shown.id, one.shown.smart.blocking) for one in view.objectives if not one.over and one.shown.smart]
    return [Override(id, numbers.get(id), SmartCode(code)) for id, codes in named for code in codes]


async def outcomes(request: Request[Any, Any, Any], reads: Reads, look: Look) -> Choices:
    """Those that the program was made for."""
    program = look.engagement.program_id if look.engagement is not None else None
    if program is None:
        return ()
    async with reads.snapshot(request, look.actor, CURRENT["program"]) as (rows, _):
        found: list[current.Current[ProgramState]] = await current.read(rows, "program", False, "some", keys=[program])
    return [("", "None of them"), *((one.id, one.text) for each in found for one in each.state.outcomes)]
