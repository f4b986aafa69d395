"""What deciding about a needs assessment needs beside its own stream: the engagement, and what raters answered."""

from __future__ import annotations

import secrets
from typing import Any, Final

import msgspec

from domain.assessment.commands import (
    CloseAssessment,
    DebriefAssessment,
    DecideRaterNomination,
    LaunchNeedsAssessment,
    NominateRater,
    ReleaseAssessmentResults,
)
from domain.assessment.context import AssessmentContext, Nominee
from domain.assessment.feedback import Feedback
from domain.assessment.state import AssessmentState
from domain.claims import EMAIL, email_1
from domain.organization.state import OrganizationState
from domain.values import Personal
from infra.eventstore.answer import guarded, reminded, waiting
from infra.eventstore.opening import Opener
from services.assessment.holder import holder_of
from services.command.call import Call
from services.command.engaged import engagement_facts

SALT: Final = 16  # bytes


async def assessment_context(call: Call) -> AssessmentContext:
    return call.context(AssessmentContext, engagement=engagement_facts(call), **await searched(call))


async def searched(call: Call) -> dict[str, Any]:
    """What has to be looked for, by what is asked."""
    match call.command:
        case LaunchNeedsAssessment():
            organization: OrganizationState = call.reading.state(call.actor.tenant, "organization")
            return {"instruments": organization.own_instruments}
        case NominateRater(email=address):
            return {"nominee": await nominee(call, email_1(address))}
        case DecideRaterNomination():
            return {"answered": len(await guarded(call.reading, call.target))}
        case CloseAssessment():
            answers = [msgspec.convert(one, Feedback) for one in await waiting(call.reading, call.target)]
            secrets.SystemRandom().shuffle(answers)
            return {"feedback": tuple(answers), "reminders": await reminded(call.reading, call.target)}
        case ReleaseAssessmentResults():
            return await answered(call)
        case DebriefAssessment():
            return {"session_ids": frozenset(await call.reading.engaged(engagement_facts(call).id, "session"))}
    return {}


async def nominee(call: Call, address: str) -> Nominee:
    """Who has the address, as a rater or as a person of the organization."""
    state: AssessmentState = call.reading.state(call.target, "assessment")
    person = await holder_of(call.reading, await call.reading.claim_key(EMAIL, address, True))
    if person in state.raters:
        return Nominee(person, person)
    addresses = await opened(call, [rater.email for rater in state.raters.values()])
    same = [id for id, known in zip(state.raters, addresses, strict=True) if known is not None and email_1(known) == address]
    return Nominee(next(iter(same), None), person)


async def answered(call: Call) -> dict[str, Any]:
    """What the client and the raters answered, once it is in the log."""
    state: AssessmentState = call.reading.state(call.target, "assessment")
    own = await opened(call, [] if state.answers is None else [state.answers])
    others = await opened(call, list(state.feedback))
    return {
        "own": next((one for one in own if one is not None), {}),
        "feedback": tuple(msgspec.convert(one, Feedback) for one in others if one is not None),
        "salt": secrets.token_hex(SALT),
    }


async def opened(call: Call, values: list[Personal[Any]]) -> list[Any]:
    """What the values of the stream say, in their order; None of what is erased."""
    reading = call.reading
    return await Opener(reading.vault).plain(reading.source, reading.tenant, call.target, values, reading.engagement_of(call.target))
