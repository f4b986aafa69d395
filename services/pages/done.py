"""What becomes of a form: the command that it stands for is carried out and leads back to a page, or the page comes again as it was filled in.

The page that is led back to waits for what was done by what its address says.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect

from domain.command import Command
from domain.errors import Refusal
from infra.eventstore.errors import Unavailable
from services.actor import Actor
from services.command.execution import Answer, Commands, Once
from services.entry.auth import Keys
from services.pages.form import form_of
from services.pages.page import HEADERS
from services.pages.sent import Sent, refused
from services.pages.sign_in import SEE_OTHER, sender


class Errand(NamedTuple):
    """A command with the stream that it is about; without one it begins one. `once` keeps a form that is sent twice from acting twice."""

    command: Command
    stream: UUID | None = None
    once: Once | None = None


async def received(request: Request[Any, Any, Any], keys: Keys) -> tuple[Actor, FormMultiDict]:
    """Who sent the form, by the cookie, and the form. Raises what `sender` raises."""
    return await sender(request, keys), await form_of(request)


async def carried_out(
    commands: Commands,
    actor: Actor,
    form: FormMultiDict,
    errand: Callable[[], Errand],
    again: Callable[[Sent], Awaitable[Response[str]]],
    leads: str | Callable[[Answer], str],
    *,
    place: Callable[[str], str] = str,
    done: str = "",
) -> Response[Any]:
    """Does what the form asks for, and leads to the page `leads`, which says by `done`, or by the form's `what`, what was done.

    What `errand` or the command refuses is shown by `again`: the page with the form as it was sent. `place` is the field of the form that
    a field of the command comes from.
    """
    try:
        command, stream, once = errand()
        made = await commands.execute(actor, command, stream, once=once)
    except Refusal as refusal:
        try:
            return await again(refused(form, refusal, place))
        except Unavailable:  # the page cannot be shown at this moment: the refusal is told without it
            raise refusal from None
    return lead(leads if isinstance(leads, str) else leads(made), done or str(form.get("what", "")) or "yes")


def lead(path: str, done: str = "yes") -> Redirect:
    """To a page of ours. `done` says what the form was for; many pages have a sentence for it."""
    return Redirect(f"{path}{'&' if '?' in path else '?'}done={done}", status_code=SEE_OTHER, headers=HEADERS)
