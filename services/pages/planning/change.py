"""What the forms of a plan's page do: the same commands as over HTTP, by whom the cookie says, from a form of ours only."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.errors import Refusal
from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.done import lead
from services.pages.planning.form import command_of, place
from services.pages.sent import refused
from services.pages.sign_in import FORM_BYTES, sender
from services.pages.standing import A_PLAN, shown, stream_id
from services.permission.table import PUBLIC
from services.reading.reads import Reads


@post(A_PLAN, name="change_plan", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[str],
) -> Response[Any]:
    """Refused, the page comes again with the form as it was filled in."""
    actor = await sender(request, keys)
    plan_id = stream_id(id)
    form = await request.form()
    zone = (await reads.look(actor, "read_plan", "plan", plan_id)).organization.zone
    try:
        await commands.execute(actor, command_of(form, zone), plan_id)
    except Refusal as refusal:
        return await shown(request, reads, actor, plan_id, sent=refused(form, refusal, place))
    return lead(f"/plans/{plan_id}", str(form["what"]))


ROUTES: Final = (change,)
