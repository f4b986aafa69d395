"""What the forms of a plan's page do: the same commands as over HTTP, by whom the cookie says, from a form of ours only."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.done import Errand, carried_out, received
from services.pages.planning.form import PROPOSED, command_of, place
from services.pages.sign_in import FORM_BYTES
from services.pages.standing import A_PLAN, plan_page, stream_id
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
    actor, form = await received(request, keys)
    plan_id = stream_id(id)
    zone = (await reads.look(actor, "read_plan", "plan", plan_id)).organization.zone
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form, zone), plan_id),
        lambda sent: plan_page(request, reads, actor, plan_id, sent=sent),
        f"/plans/{plan_id}",
        place=place,
        done=PROPOSED if PROPOSED in form else "",
    )


ROUTES: Final = (change,)
