"""The pages of one's own keys and sign-ins: what is open, made, shown once, and ended. Their forms work without a script."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.errors import NotFound
from domain.glossary import Role
from domain.person.state import PersonState
from services import keyring
from services.actor import ROLES, Actor
from services.entry.auth import COOKIE, Keys
from services.entry.body import decode
from services.errors import Fault, RoleNotGranted, Unreadable
from services.key import life
from services.key.answers import MakeKey, RotateKey, key_answer
from services.pages.cast import label, names_of
from services.pages.filter import chosen
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.sign_in import FORM_BYTES, SEE_OTHER, require_own_form, sender
from services.permission import policy
from services.permission.membership import acting
from services.permission.scope import SCOPE_OF, SCOPES
from services.permission.table import PUBLIC
from services.reading.reads import PROFILE, Look, Reads
from services.reading.route import get
from services.sign_in.answers import sign_in_answer
from services.sign_in.life import SignIns

KEYS: Final = "/keys"
SIGN_INS: Final = "/sign-ins"
SWITCH: Final = "/sign-ins/role"
SHOWN: Final = 200
"""Of a list; who has more asks the API."""
MACHINE: Final = "integration"
OVERLAP_HOURS: Final = RotateKey().overlap_hours
LASTING: Final = (("90", "90 days"), ("30", "30 days"), ("365", "a year"), ("", "until it is revoked"))


@get(KEYS, name="keys_page", opt={"action": "list_keys", "page": True})
async def my_keys(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    person: FromQuery[str] = "",
) -> Response[str]:
    """One's own or, for administrators and auditors, those of `person`."""
    return await keys_page(request, reads, keys, actor, chosen("person", person))


@post(KEYS, name="make_key_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def make_key(request: Request[Any, Any, Any], reads: NamedDependency[Reads], keys: NamedDependency[Keys]) -> Response[str]:
    """Shows the key at once, and never again: there is no address that it could be read at later.

    Administrators make it for a machine, too; who signs in here makes their own.
    """
    actor = await sender(request, keys)
    sent = await request.form()
    person = chosen("person", str(sent.get("person", "")))
    days = str(sent.get("days", ""))
    ends = (keys.clock() + timedelta(days=int(days))).isoformat() if days in dict(LASTING) and days else None
    body = {"name": str(sent.get("name", "")), "scopes": [str(one) for one in sent.getall("scope", [])] or None, "expires_at": ends}
    machine = {"person_id": person, "role": MACHINE} if person not in {None, actor.person_id} else {}
    made = await life.make(reads, keys, actor, decode(MakeKey, msgspec.json.encode(body | machine)))
    return await keys_page(request, reads, keys, actor, person, made.key)


@post(f"{KEYS}/{{id:uuid}}/revoke", name="revoke_key_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def revoke_key(
    request: Request[Any, Any, Any], reads: NamedDependency[Reads], keys: NamedDependency[Keys], id: FromPath[UUID]
) -> Redirect:
    actor = (await reads.look(await sender(request, keys), "revoke_key")).actor
    ended = await life.revoke(keys, actor, await keyring.found(keys, actor, "key", id, wholly=life.ALL))
    where = KEYS if ended.person_id == actor.person_id else f"{KEYS}?person={ended.person_id}"
    return Redirect(where, status_code=SEE_OTHER, headers=HEADERS)


@post(f"{KEYS}/{{id:uuid}}/rotate", name="rotate_key_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def rotate_key(
    request: Request[Any, Any, Any], reads: NamedDependency[Reads], keys: NamedDependency[Keys], id: FromPath[UUID]
) -> Response[str]:
    """Shows the new key at once, and never again; the old one goes on for a day, so that what uses it can be told."""
    actor = (await reads.look(await sender(request, keys), "rotate_key")).actor
    old = await keyring.found(keys, actor, "key", id, wholly=life.ALL)
    made = await life.rotate(keys, actor, old, timedelta(hours=OVERLAP_HOURS))
    return await keys_page(request, reads, keys, actor, old.person_id, made.key)


@get(SIGN_INS, name="sign_ins_page", opt={"action": "list_sign_ins", "page": True})
async def my_sign_ins(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], keys: NamedDependency[Keys]
) -> Response[str]:
    look = await reads.look(actor, "list_sign_ins")
    rows = await keyring.listed(keys, actor.tenant, "sign_in", keyring.Page(actor.person_id, False, None, SHOWN))
    return page(
        "sign_ins.html",
        reader=await page_reader(request, reads, actor),
        here=SIGN_INS,
        rows=[sign_in_answer(row, keys.clock(), actor.key_id) for row in rows],
        zone=look.organization.zone,
        others=other_roles(look),
        me=actor.person_id,
    )


@post(
    [f"{SIGN_INS}/{{id:uuid}}/revoke", f"{SIGN_INS}/revoke-others"],
    name="revoke_sign_in_form",
    opt={"action": PUBLIC, "page": True},
    request_max_body_size=FORM_BYTES,
)
async def revoke_sign_in(
    request: Request[Any, Any, Any], reads: NamedDependency[Reads], keys: NamedDependency[Keys], id: FromPath[UUID | None] = None
) -> Redirect:
    """The one that is named, or all but the one that asks."""
    actor = (await reads.look(await sender(request, keys), "revoke_sign_in")).actor
    if id is None:
        await keys.revoke_all(actor.tenant, actor.person_id, kind="sign_in", but=actor.key_id, by=actor.person_id)
    else:
        await keyring.found(keys, actor, "sign_in", id, wholly=life.ALL)
        await keys.revoke(actor.tenant, id, kind="sign_in", by=actor.person_id)
    return Redirect(SIGN_INS, status_code=SEE_OTHER, headers=HEADERS)


@post(SWITCH, name="switch_role", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def switch_role(
    request: Request[Any, Any, Any], reads: NamedDependency[Reads], keys: NamedDependency[Keys], sign_ins: NamedDependency[SignIns]
) -> Redirect:
    """Acts in another role that was held since before this sign-in began: one that was given since needs a sign-in of its own."""
    look = await reads.look(await sender(request, keys), "read_me")
    role = str((await request.form()).get("role", ""))
    if role not in ROLES:
        raise Unreadable([Fault("/role", "invalid", f"One of {', '.join(ROLES)}.")])
    acting(look.reading, look.actor._replace(role=role), look.today)
    cookie = await sign_ins.switch(request.cookies.get(COOKIE, ""), role, secure=require_own_form(request))
    return Redirect("/", status_code=SEE_OTHER, cookies=[cookie], headers=HEADERS)


def other_roles(look: Look) -> list[Role]:
    """What else the reader is in the organization today, in the order of the glossary."""
    person: PersonState = look.reading.state(look.actor.person_id, "person")
    held = {membership.role for membership in person.memberships_on(look.today)} - {look.actor.role}
    return [role for role in ROLES if role in held]


async def keys_page(
    request: Request[Any, Any, Any], reads: Reads, keys: Keys, actor: Actor, person: UUID | None, made: str = ""
) -> Response[str]:
    """The keys of somebody, None: one's own, and the new one when there is one. Raises `NotFound`."""
    look = await reads.look(actor, "list_keys")
    whose, may = person or actor.person_id, policy.actions(look.actor.role, look.actor.scopes)
    if not keyring.concerns(look.actor, whose, "read_all_keys"):
        raise NotFound
    rows = await keyring.listed(keys, actor.tenant, "key", keyring.Page(whose, False, None, SHOWN))
    is_own = whose == actor.person_id
    await reads.note(look, [(whose, PROFILE)])
    grantable = may if is_own else may & policy.actions(MACHINE, None)
    return page(
        "keys.html",
        status=HTTPStatus.CREATED if made else HTTPStatus.OK,
        reader=await page_reader(request, reads, actor),
        here=KEYS,
        rows=[key_answer(row, keys.clock()) for row in rows],
        made=made,
        person="" if is_own else whose,
        name="" if is_own else label(whose, (await names_of(request, reads, actor, [whose])).get(whose)),
        scopes=[scope for scope in SCOPES if scope in {SCOPE_OF[action] for action in grantable if action in SCOPE_OF}],
        lasting=LASTING if is_own else LASTING[:-1],
        makes="make_key" in may and (is_own or await is_machine(reads, look, whose)),
        ends=is_own or life.ALL in may,
        overlap_hours=OVERLAP_HOURS,
        zone=look.organization.zone,
    )


async def is_machine(reads: Reads, look: Look, person_id: UUID) -> bool:
    """Whether the reader may make a key for it: it holds the role of machines, and the reader administers their keys."""
    if not keyring.concerns(look.actor, person_id, life.ALL):
        return False
    try:
        await life.require_held(reads, look, person_id, MACHINE)
    except (NotFound, RoleNotGranted):
        return False
    return True


ROUTES: Final = (my_keys, make_key, rotate_key, revoke_key, my_sign_ins, revoke_sign_in, switch_role)
