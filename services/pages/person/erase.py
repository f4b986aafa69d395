"""The page between the wish that somebody be erased and its being carried out: what goes and what stays, and a word to type."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.done import Errand, carried_out, received
from services.pages.page import HEADERS, page
from services.pages.people import PEOPLE
from services.pages.person.erasure import BASES, erasure_view
from services.pages.person.form import ERASE, SURE, command_of, forms_for
from services.pages.person.routes import someone
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES, SEE_OTHER
from services.permission.table import PUBLIC
from services.reading.reads import Reads
from services.reading.route import get

ERASURE: Final = f"{PEOPLE}/{{id:uuid}}/erasure"


@get(ERASURE, name="erasure_page", opt={"action": "request_person_erasure", "page": True})
async def erasure(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], id: FromPath[UUID]
) -> Response[Any]:
    return await erasure_page(request, reads, actor, id)


async def erasure_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT
) -> Response[Any]:
    """Of whom nothing is left to erase the person's page tells."""
    look = await reads.look(actor, "request_person_erasure", "person", id)
    one = await someone(request, reads, look, id)
    reach = await erasure_view(request, reads, look, one.state)
    if reach is None or "erase" not in forms_for(look, one.state):
        return Redirect(f"{PEOPLE}/{id}", status_code=SEE_OTHER, headers=HEADERS)
    return page(
        "person/erase.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=PEOPLE,
        one=one,
        erasure=reach,
        bases=[*BASES.items()],
        word=SURE,
        sent=sent,
    )


@post(ERASURE, name="erase_person", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def erase(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same command as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(ERASE, form, id), id),
        lambda sent: erasure_page(request, reads, actor, id, sent=sent),
        f"{PEOPLE}/{id}",
    )


ROUTES: Final = (erasure, erase)
