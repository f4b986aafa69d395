"""What deciding about a needs assessment needs beside its own stream: the engagement."""

from __future__ import annotations

from domain.assessment.context import AssessmentContext
from services.call import Call
from services.engaged import engagement_facts


async def assessment_context(call: Call) -> AssessmentContext:
    return call.context(AssessmentContext, engagement=engagement_facts(call))
