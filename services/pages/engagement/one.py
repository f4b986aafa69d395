"""The page of one coaching: what is next and by whom, how far it has come, what the client lets others see, and its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.assessment.state import AssessmentState
from domain.engagement.decide.early import earliest_end, ender_of
from domain.engagement.state import EngagementState
from domain.session.state import SessionState
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from services.actor import Actor
from services.assessment.instrument import known
from services.command.execution import Commands
from services.engagement.query import courses_of, find_engagement
from services.engagement.step import Course
from services.entry.auth import Keys
from services.pages.agreement import SUBJECTS
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.engagement.course import ENGAGEMENTS, next_of
from services.pages.engagement.form import COMMANDS, DONE, command_of, forms_for
from services.pages.form import reasons
from services.pages.handover import coaches
from services.pages.page import page
from services.pages.plan import named
from services.pages.program.people import NAMED, holders
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission import policy
from services.permission.relation import of_engagement
from services.permission.table import PUBLIC
from services.reading.reads import Look, Reads
from services.reading.route import get

ONE: Final = f"{ENGAGEMENTS}/{{id:uuid}}"
OPENS: Final[Mapping[str, str]] = {"plan": "/plans", "launch": "/assessments"}
"""Forms that open something new, and where that is shown."""


class Sessions(NamedTuple):
    """How many sessions were held, and when the next one is."""

    held: int
    next_at: datetime | None


@get(ONE, name="engagement_page", opt={"action": "read_engagement", "page": True})
async def engagement(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await engagement_page(request, reads, actor, id, done=DONE.get(done, ""))


async def engagement_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    found = (await find_engagement(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_engagement", "engagement", id)
    state = look.engagement
    assert state is not None  # it is one that was looked at
    may = policy.actions_on(look.actor, of_engagement(state))
    course = (await courses_of(request, reads, look, [id]))[id]
    forms = forms_for(look, course)
    choice = await coaches_for(request, reads, look, state) if "assign" in forms else []
    return page(
        "engagement/engagement.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=ENGAGEMENTS,
        one=found,
        program=course.program,
        opens_program="read_program" in may and course.program is not None,
        plan=course.plan,
        next=next_of(course, actor),
        assessments=assessments_of(course, found.assessment_ids),
        sessions=await sessions_of(request, reads, look, id) if "list_sessions" in may and look.sight.drafts else None,
        waits_for=tuple(dict.fromkeys(one.party for one in state.awaits(state.latest))) if state.latest is not None else (),
        subjects=SUBJECTS,
        flows=sorted(state.agreement.reaching("sponsor")) if state.agreement is not None else [],
        reaching=sorted(state.reaching_sponsor(look.today)) if tells_each(look, state) else None,
        granted={one.subject for one in found.consents},
        forms=forms,
        instruments=known(look).values(),
        choice=choice,
        joining=await clients_for(request, reads, look, course) if "add" in forms else [],
        unsigned=state.unsigned,
        is_member=actor.person_id in state.present_members,
        members=state.present_members if look.sight.drafts else (),
        names=named(found.people) | (await names_of(request, reads, actor, choice) if choice else {}),
        reasons=reasons(look.organization.policy.reason_codes),
        templates=look.organization.plan_templates,
        may=may,
        today=look.today,
        earliest_end=earliest_end(state, ender_of(state, look.actor.person_id, look.today), look.today),
        zone=look.organization.zone,
        sent=sent,
        done=done,
    )


def tells_each(look: Look, state: EngagementState) -> bool:
    """Whether the reader sees of a group what each lets the sponsor see, and what that comes to: none of those in it do."""
    return state.kind != "individual" and look.sight.drafts and look.actor.person_id not in state.fellows


async def coaches_for(request: Request[Any, Any, Any], reads: Reads, look: Look, state: EngagementState) -> list[UUID]:
    """Who may be assigned; it is noted whom the reader is shown."""
    async with reads.snapshot(request, look.actor, CURRENT["program"], MEMBERS, shown_by=look) as (rows, _):
        found = await coaches(rows, look, state)
    await reads.note(look, [(coach, NAMED) for coach in found])
    return found


async def clients_for(request: Request[Any, Any, Any], reads: Reads, look: Look, course: Course) -> list[tuple[UUID, str]]:
    """Who may come into a group: clients of its program with a seat in it, or outside of any whoever holds the role."""
    state, program = course.engagement, course.program
    without = {one for one in (*state.coached, state.coach_id, state.sponsor_id) if one is not None}
    among = program.enrolled if program is not None else None
    return await holders(request, reads, look, "client", state.program_id, without, among)


def assessments_of(course: Course, ids: Any) -> Sequence[AssessmentState] | None:
    """None for who is not told that there are any."""
    return [one for one in course.assessments if one.id in ids] if isinstance(ids, tuple) else None


async def sessions_of(request: Request[Any, Any, Any], reads: Reads, look: Look, id: UUID) -> Sessions:
    async with reads.snapshot(request, look.actor, CURRENT["session"], shown_by=look) as (rows, _):
        found = await current.read(rows, "session", False, "in_engagements", engagement_ids=[id], after=None, at_most=None)
    states: list[SessionState] = [one.state for one in found]
    booked = [one.starts_at for one in states if one.stage == "scheduled" and one.starts_at is not None]
    ahead = [at for at in booked if at >= reads.clock()]
    return Sessions(sum(one.stage == "completed" for one in states), min(ahead, default=None))


@post(ONE, name="change_engagement_by_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 4)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only. What is opened by it is led to."""
    actor, form = await received(request, keys)
    opens = OPENS.get(str(form.get("what", "")))
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(COMMANDS, form, id), None if opens else id),
        lambda sent: engagement_page(request, reads, actor, id, sent=sent),
        lambda made: f"{opens or ENGAGEMENTS}/{made.id}",
    )


ROUTES: Final = (engagement, change)
