"""From the streams that were read to what a policy decision needs: who stands in which relation to a resource."""

from __future__ import annotations

from uuid import UUID

from domain.engagement.state import EngagementState
from domain.program.state import ProgramState
from domain.report.state import ReportState
from domain.survey.state import SurveyState
from infra.eventstore.reading import Reading
from services.actor import Actor
from services.permission.policy import Facts


def facts_of(reading: Reading, stream: UUID) -> Facts | None:
    """The facts of a stream that was read, with the engagement that it belongs to; None of the organization: it is everyone's.

    What belongs to no engagement, such as a note of who was shown what, concerns nobody but those who run the organization.
    """
    kind = reading.kind(stream)
    if kind == "report":
        return of_report(reading, stream)
    engagement = stream if kind == "engagement" else reading.engagement_of(stream)
    if engagement is not None:
        return of_engagement(reading.state(engagement, "engagement"))
    if kind == "program":
        return of_program(reading.state(stream, "program"))
    if kind == "survey":
        survey: SurveyState = reading.state(stream, "survey")
        return Facts(programs=frozenset({survey.program_id}))
    if kind == "person":
        return Facts.of_person(stream)
    return None if kind == "organization" else Facts()


def of_engagement(state: EngagementState) -> Facts:
    return Facts(
        clients=present(state.client_id),
        coaches=present(state.coach_id),
        sponsors=present(state.sponsor_id),
        programs=present(state.program_id),
        state=state.stage,
        readable_until=state.readable_until,
        members=frozenset(state.present_members),
        unsigned=state.unsigned,
    )


def of_program(state: ProgramState) -> Facts:
    return Facts(
        clients=state.enrolled, coaches=frozenset(state.pool), sponsors=frozenset(state.sponsor_ids), programs=frozenset({state.id})
    )


def of_report(reading: Reading, stream: UUID) -> Facts:
    """Whoever asked for it, and whom it is for: an engagement's other parties have nothing to do with it, nor has a coach who left."""
    state: ReportState = reading.state(stream, "report")
    engagement = reading.engagement_of(stream)
    about, left = Facts(programs=present(state.program_id)), frozenset[UUID]()
    if engagement is not None:
        engaged: EngagementState = reading.state(engagement, "engagement")
        about, left = of_engagement(engaged), engaged.former_coaches
    readers = state.readers
    return about._replace(clients=readers, coaches=readers - left, sponsors=readers, members=frozenset(), unsigned=frozenset())


def others(actor: Actor, engagement: EngagementState | None) -> frozenset[UUID]:
    """Who is or was coached together with somebody in a group, where they read as one of those who are."""
    if engagement is None or actor.role != "client":
        return frozenset()
    return engagement.fellows - {actor.person_id}


def present(person: UUID | None) -> frozenset[UUID]:
    return frozenset() if person is None else frozenset({person})
