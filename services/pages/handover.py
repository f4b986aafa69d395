"""The page of a change of the coach: who coaches, what was handed over, and forms to consent and to change, without a script."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.command import Command
from domain.engagement.commands import GrantHandoverConsent, ReassignCoach, WithdrawHandoverConsent
from domain.engagement.state import EngagementState
from domain.glossary import ENDED
from domain.program.state import ProgramState
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.snapshot import Snapshot
from services.actor import Actor
from services.command.execution import Commands
from services.engagement.answers import handover_consent
from services.entry.auth import Keys
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import allowed, command_of
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.relation import of_engagement
from services.permission.table import PUBLIC
from services.reading.reads import Look, Reads
from services.reading.route import get

HANDOVER: Final = "/engagements/{id:uuid}/handover"
DONE: Final = {
    "change": "Changed: the former coach sees nothing of it any more, and their booked sessions are called off.",
    "consent": "Noted: the next coach may read the shared notes of earlier sessions, if they are handed over.",
    "withdraw": "Noted: no other coach reads the shared notes of earlier sessions.",
}
"""What a form did, by its name."""
COMMANDS: Final[dict[str, type[Command]]] = {
    "change": ReassignCoach,
    "consent": GrantHandoverConsent,
    "withdraw": WithdrawHandoverConsent,
}


@get(HANDOVER, name="handover_page", opt={"action": "read_engagement", "page": True})
async def handover(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await handover_page(request, reads, actor, id, done=DONE.get(done, ""))


async def handover_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    look = await reads.look(actor, "read_engagement", "engagement", id)
    state = look.engagement
    assert state is not None  # it is one that was looked at
    forms = forms_for(look, state)
    async with reads.snapshot(request, actor, CURRENT["program"], MEMBERS, shown_by=look) as (rows, _):
        choice = await coaches(rows, look, state) if "change" in forms else []
    told = look.sight.drafts and actor.person_id not in state.present_members
    consent = handover_consent(state, actor.person_id) if look.sight.drafts else None
    people = [state.client_id, state.coach_id, *choice, *([consent.coach_id] if consent else [])]
    return page(
        "handover.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="",
        id=id,
        state=state,
        handed=state.handover if told else None,
        told=told,
        consent=consent,
        forms=forms,
        coaches=choice,
        names=await names_of(request, reads, actor, [person for person in people if person is not None]),
        sent=sent,
        done=done,
    )


def forms_for(look: Look, state: EngagementState) -> frozenset[str]:
    """What the reader may do here now."""
    own = handover_consent(state, look.actor.person_id)
    ready = {
        "change": state.coach_id is not None and state.stage not in ("proposed", *ENDED),
        "consent": own is None and state.stage not in ENDED,
        "withdraw": own is not None or (state.handover is not None and state.handover.scope == "shared_notes"),
    }
    return frozenset(what for what in allowed(look.actor, COMMANDS, of_engagement(state)) if ready[what])


async def coaches(rows: Snapshot, look: Look, state: EngagementState) -> list[UUID]:
    """Who may take over: coaches of the program's pool, or, outside of any, whoever holds the role."""
    if state.program_id is not None:
        found = await current.one(rows, "program", state.program_id, words=False)
        program = found.state if found is not None else ProgramState()
        return [coach for coach in program.pool if coach != state.coach_id]
    people = await rows.sealed(MEMBERS, "page", after=None, at_most=None)
    return [row.key for row in people if row.document.holds("coach", look.today) and row.key != state.coach_id]


@post(HANDOVER, name="change_coach", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 4)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(COMMANDS, form), id),
        lambda sent: handover_page(request, reads, actor, id, sent=sent),
        f"/engagements/{id}/handover",
    )


ROUTES: Final = (handover, change)
