"""Sign-ins over HTTP: where somebody is signed in to the pages, and ending that from afar."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import HttpMethod, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import UNSET

from domain.errors import NotFound
from services import keyring
from services.actor import Actor
from services.entry.auth import Keys
from services.reading.cursor import read_cursor, write_cursor
from services.reading.reads import PROFILE, Reads
from services.reading.route import CURSOR, LIMIT, read
from services.setting import body_of, kept, setting
from services.sign_in.answers import RevokedAnswer, RevokeOtherSignIns, RevokeSignIn, SignInAnswer, SignInsAnswer, sign_in_answer

PATH: Final = "/v1/sign-ins"
ALL: Final = "administer_keys"
PERSON: Final = QueryParameter(description="Whose, for administrators and auditors; left out, your own.")
ENDED: Final = QueryParameter(description="With those that ended.")


@read(
    PATH, "list_sign_ins", SignInsAnswer, "List sign-ins.\n\nWhere you are signed in to the pages, or somebody else is; the newest first."
)
async def list_sign_ins(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    person: Annotated[UUID | None, PERSON] = None,
    ended: Annotated[bool, ENDED] = False,
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_sign_ins")
    whose = person or actor.person_id
    if not keyring.concerns(look.actor, whose, "read_all_keys"):
        raise NotFound
    page = keyring.Page(whose, ended, read_cursor(cursor), limit + 1)
    rows = await keyring.listed(keys, actor.tenant, "sign_in", page)
    await reads.note(look, [(whose, PROFILE)])
    items = tuple(sign_in_answer(row, keys.clock(), actor.key_id) for row in rows[:limit])
    return kept(request, SignInsAnswer(items=items, next_cursor=write_cursor(items[-1].id) if len(rows) > limit else UNSET))


@setting(
    HttpMethod.POST,
    f"{PATH}/{{id:uuid}}/revoke",
    "revoke_sign_in",
    RevokeSignIn,
    SignInAnswer,
    "End a sign-in.\n\nThe browser has to sign in anew from the next request on. One that has ended stays as it is.",
)
async def revoke_sign_in(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    await body_of(request, RevokeSignIn)
    look = await reads.look(actor, "revoke_sign_in")
    await keyring.found(keys, look.actor, "sign_in", id, wholly=ALL)
    await keys.revoke(actor.tenant, id, kind="sign_in", by=actor.person_id)
    ended = await keyring.found(keys, look.actor, "sign_in", id, wholly=ALL)
    return kept(request, sign_in_answer(ended, keys.clock(), actor.key_id), ended.version)


@setting(
    HttpMethod.POST,
    f"{PATH}/revoke-others",
    "revoke_other_sign_ins",
    RevokeOtherSignIns,
    RevokedAnswer,
    "End all other sign-ins.\n\nEvery one of yours, or of the person that is named, but for the one that asks.",
)
async def revoke_other_sign_ins(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], keys: NamedDependency[Keys]
) -> Response[bytes | None]:
    body = await body_of(request, RevokeOtherSignIns)
    look = await reads.look(actor, "revoke_other_sign_ins")
    whose = body.person_id or actor.person_id
    if not keyring.concerns(look.actor, whose, ALL):
        raise NotFound
    ended = await keys.revoke_all(actor.tenant, whose, kind="sign_in", but=actor.key_id, by=actor.person_id)
    return kept(request, RevokedAnswer(ended=ended))


ROUTES: Final = (list_sign_ins, revoke_sign_in, revoke_other_sign_ins)
