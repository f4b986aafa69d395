"""Who looks at a page: their name and role, and the pages that the role may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from litestar import Request

from projections.members import MEMBERS
from services.actor import Actor
from services.permission.table import MAY
from services.reading.decision import Decided
from services.reading.following import is_behind
from services.reading.reads import Reads, names
from services.reading.view import Text, opened


class Link(NamedTuple):
    """A page."""

    path: str
    label: str


class Group(NamedTuple):
    """Pages of one kind. A folded one opens when it is asked to; of another the pages stand in the menu themselves."""

    label: str
    links: tuple[Link, ...]
    folded: bool = False


class Reader(NamedTuple):
    """What stands above each page. Everyone may see their own name.

    `within` is the page of the menu below which the shown one stands. `behind`: what their form did is recorded, and not shown yet.
    """

    name: Text
    role: str
    menu: tuple[Group, ...]
    keys: Link | None
    within: str
    behind: bool


FIRST: Final = (
    ("read_board", Link("/boards", "Board")),
    ("list_people", Link("/people", "People")),
    ("list_programs", Link("/programs", "Programs")),
    ("list_engagements", Link("/engagements", "Coachings")),
)
INSTRUMENTS: Final = "/instruments"
WORK: Final = (
    ("list_plans", Link("/plans", "Plans")),
    ("read_assessment_results", Link("/assessments", "Assessments")),
    ("list_sessions", Link("/sessions", "Sessions")),
    ("record_evaluation", Link("/evaluations", "Evaluations")),
    ("list_surveys", Link("/surveys", "Surveys")),
    ("add_instrument", Link(INSTRUMENTS, "Questionnaires")),
    ("read_board", Link("/coaches", "Coach load")),
)
PROOF: Final = (
    ("export_credential_log", Link("/hours", "Hours")),
    ("list_reports", Link("/reports", "Reports")),
    ("list_ledger", Link("/ledger", "Ledger")),
    ("open_audit", Link("/audit", "Audit")),
    ("approve_emergency_access", Link("/emergencies", "Emergencies")),
)
GROUPS: Final = (("", FIRST), ("Work", WORK), ("Proof", PROOF))
"""The whole menu: its pages, by the action that shows them."""
ELSEWHERE: Final = frozenset({("coach", INSTRUMENTS)})
"""Whose line is full: a coach finds them on the page of assessments."""
ABOUT_ME: Final = Link("/accesses", "Who saw what")
"""For clients, about whom it is."""
KEYS: Final = Link("/keys", "Keys")
"""Beside the reader's name: they are their own."""
ABREAST: Final = 7
"""How many words of the menu stand side by side, in one line of a small screen's window."""


def menu(actor: Actor) -> tuple[Group, ...]:
    """What the role may see; as many of the last groups are folded as the line asks for. The first never is, nor one of a single page."""
    if actor.role == "integration":  # a program reads no pages
        return ()
    groups = [
        Group(label, tuple(link for action, link in links if actor.role in MAY[action] and (actor.role, link.path) not in ELSEWHERE))
        for label, links in GROUPS
    ]
    if actor.role == "client":
        groups[-1] = groups[-1]._replace(links=(*groups[-1].links, ABOUT_ME))
    for place in reversed(range(1, len(groups))):
        if abreast(groups) > ABREAST and len(groups[place].links) > 1:
            groups[place] = groups[place]._replace(folded=True)
    return tuple(group for group in groups if group.links)


def abreast(groups: Sequence[Group]) -> int:
    return sum(1 if group.folded else len(group.links) for group in groups)


def links(actor: Actor) -> Iterator[Link]:
    """The pages of the menu in their order."""
    return (link for group in menu(actor) for link in group.links)


async def page_reader(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> Reader:
    async with reads.snapshot(request, actor, MEMBERS, shown_by=Decided.BY_ROLE) as (rows, _):
        name = (await names(rows, [actor.person_id])).get(actor.person_id)
    shown = menu(actor)
    within = next((link.path for group in shown for link in group.links if request.url.path.startswith(f"{link.path}/")), "")
    keys = KEYS if actor.role in MAY["make_key"] else None
    return Reader("" if name is None else opened(name), actor.role, shown, keys, within, is_behind(request))
