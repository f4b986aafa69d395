"""The menu above every page: what each role finds in it, what is folded, and that the page shown is marked."""

from __future__ import annotations

from domain.glossary import Role
from domain.values import NIL
from services.actor import Actor
from services.pages.reader import ABREAST, abreast, menu
from tests.services.firm import Firm
from tests.services.test_pages import shown


def labels(role: Role) -> list[str]:
    """Each word of the menu; those that are folded below theirs."""
    found = menu(Actor(NIL, NIL, role, NIL))
    assert abreast(found) <= ABREAST
    lines = [
        [f"{one.label}: {', '.join(link.label for link in one.links)}"] if one.folded else [link.label for link in one.links]
        for one in found
    ]
    return [word for line in lines for word in line]


def test_each_role_has_what_it_needs_most_in_one_line_and_the_rest_folded_by_kind() -> None:
    assert labels("program_manager") == [
        *("Board", "People", "Programs", "Coachings"),
        "Work: Plans, Sessions, Surveys, Questionnaires, Coach load",
        "Proof: Reports, Ledger, Audit, Emergencies",
    ]
    work = ["Coachings", "Plans", "Assessments", "Sessions", "Evaluations"]
    assert labels("client") == [*work, "Proof: Reports, Audit, Who saw what"]
    assert labels("coach") == [*work, "Hours", "Reports"]
    assert labels("sponsor") == ["Coachings", "Plans", "Evaluations", "Reports"]
    assert labels("admin") == ["People", "Programs", "Questionnaires", "Emergencies"]
    assert labels("integration") == []


async def test_the_menu_marks_the_page_and_what_it_stands_below(planned: Firm) -> None:
    below = f"/engagements/{planned.ids['engagement']}/agreement"
    for path, marks, folded in (
        ("/programs", ("/programs", "page"), 0),
        (below, ("/engagements", "true"), 0),
        ("/plans", ("/plans", "page"), 1),
    ):
        found = await shown(planned, "program_manager", path)
        marked = [one.attributes for one in found.all("a") if "aria-current" in one.attributes]
        assert [(one["href"], one["aria-current"]) for one in marked] == [marks], path
        assert [one.attributes.get("class") for one in found.all("summary")].count("within") == folded, path
