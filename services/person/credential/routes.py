"""The read of a coach's log."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.credential import CredentialBody
from services.actor import Actor
from services.entry.media import CSV, FORMATS, JSON, asked
from services.person.credential.answers import CredentialLogAnswer
from services.person.credential.query import Wanted, find_log
from services.person.credential.table import table
from services.reading.caching import Tags, conditional
from services.reading.reads import Reads
from services.reading.route import read, shown

BODY: Final = QueryParameter(name="body", description="By whose rules: icf or emcc.")
ON: Final = QueryParameter(description="The day up to which hours are counted, 2026-03-01; today when it is left out.")

FORMAT: Final = QueryParameter(name="format", description="`csv` answers with a file; else the header Accept decides.")


@read(
    "/v1/people/{id:uuid}/credential-log",
    "read_credential_log",
    CredentialLogAnswer,
    "Read the log of a coach's hours.\n\nWhat counts by the rules of a body that the organization follows, how far it comes towards each "
    "level, and how much the coach has to do today. The coach sees every session with the clients who consent to be listed; an auditor "
    "sees the sessions without names; those who run the organization see the numbers.",
    also=(CSV,),
)
async def read_credential_log(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    rules_of: Annotated[CredentialBody, BODY] = "icf",
    on: Annotated[date | None, ON] = None,
    form: Annotated[FORMATS | None, FORMAT] = None,
) -> Response[bytes | None]:
    media = asked(request, form)
    found = await find_log(request, reads, actor, id, Wanted(rules_of, on))
    if media == JSON:
        return await shown(request, tags, actor, *found)
    content = table(found.answer)
    headers = {
        "Content-Disposition": f'attachment; filename="credential-log-{rules_of}.csv"',
        "Throughline-Position": str(found.position),
    }
    return conditional(request, content, await tags.tag(actor, content, None), headers, CSV)


ROUTES: Final = (read_credential_log,)
