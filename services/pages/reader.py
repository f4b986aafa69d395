"""Who looks at a page: their name and role, and the pages that the role may see."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from litestar import Request

from projections.members import MEMBERS
from services.actor import Actor
from services.following import is_behind
from services.permission import MAY
from services.reading import Reads, names
from services.view import Text, opened


class Link(NamedTuple):
    """A page."""

    path: str
    label: str


class Reader(NamedTuple):
    """What stands above each page. Everyone may see their own name. `behind`: what their form did is recorded, and not shown yet."""

    name: Text
    role: str
    links: tuple[Link, ...]
    behind: bool


LINKS: Final = (
    ("read_board", Link("/boards", "Board")),
    ("list_people", Link("/people", "People")),
    ("list_programs", Link("/programs", "Programs")),
    ("list_engagements", Link("/engagements", "Coachings")),
    ("read_board", Link("/coaches", "Coach load")),
    ("list_plans", Link("/plans", "Plans")),
    ("read_assessment_results", Link("/assessments", "Assessments")),
    ("list_sessions", Link("/sessions", "Sessions")),
    ("record_evaluation", Link("/evaluations", "Evaluations")),
    ("list_surveys", Link("/surveys", "Surveys")),
    ("export_credential_log", Link("/hours", "Hours")),
    ("list_reports", Link("/reports", "Reports")),
    ("list_ledger", Link("/ledger", "Ledger")),
    ("open_audit", Link("/audit", "Audit")),
    ("approve_emergency_access", Link("/emergencies", "Emergencies")),
    ("make_key", Link("/keys", "Keys")),
)
"""Pages, the first one first, by the action that shows them."""
ABOUT_ME: Final = Link("/accesses", "Who saw what")
"""For clients, about whom it is."""


def links(actor: Actor) -> tuple[Link, ...]:
    shown = tuple(link for action, link in LINKS if actor.role in MAY[action] and actor.role != "integration")  # a program reads no pages
    return (*shown, ABOUT_ME) if actor.role == "client" else shown


async def page_reader(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> Reader:
    async with reads.snapshot(request, actor, MEMBERS) as (rows, _):
        name = (await names(rows, [actor.person_id])).get(actor.person_id)
    return Reader("" if name is None else opened(name), actor.role, links(actor), is_behind(request))
