"""What deciding about a survey needs beside its own stream: who is asked, and what they answered."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from uuid import UUID

import msgspec

from domain.errors import NotFound
from domain.program.state import ProgramState
from domain.survey.commands import CloseSurvey, IssueSurvey
from domain.survey.context import SurveyContext
from domain.survey.response import Audience, Response
from infra.eventstore.answer import reminded, waiting
from services.command.call import Call


async def survey_context(call: Call) -> SurveyContext:
    match call.command:
        case IssueSurvey(program_id=program_id, audience=audience):
            state: ProgramState = call.reading.state(program_id, "program")
            if not state.exists:
                raise NotFound(pointer="/program_id")
            return call.context(SurveyContext, recipients=tuple(sorted(members(state, audience))))
        case CloseSurvey():
            responses = [msgspec.convert(one, Response) for one in await waiting(call.reading, call.target)]
            secrets.SystemRandom().shuffle(responses)
            return call.context(SurveyContext, responses=tuple(responses), reminders=await reminded(call.reading, call.target))
    return call.context(SurveyContext)


def members(program: ProgramState, audience: Audience) -> Iterable[UUID]:
    match audience:
        case "clients":
            return program.enrolled
        case "coaches":
            return program.pool
        case "sponsors":
            return program.sponsor_ids
