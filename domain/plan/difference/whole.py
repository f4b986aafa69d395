"""What changed in a plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.difference import Difference, Kind, Trace
from domain.event import Event
from domain.plan.difference.item import of_action, of_milestone, of_strategy
from domain.plan.difference.objective import of_objective
from domain.plan.difference.trace import Traces
from domain.plan.events import ChangeDeclined, PlanActivated, PlanApproved, PlanDrafted, PlanProposed, PlanReviewed, WinAcknowledged
from domain.plan.state import PlanState


def differences(before: PlanState, after: PlanState, traces: Iterable[Trace]) -> list[Difference]:
    """What is otherwise `after` than `before`, which may be a plan that had not begun. `traces` are of the events between."""
    seen = Traces(traces)
    return [
        *of_plan(before, after, seen),
        *(one for now in after.objectives.values() for one in of_objective(before, now, seen)),
        *(one for now in after.strategies.values() for one in of_strategy(before, now, seen)),
        *(one for now in after.actions.values() for one in of_action(before, now, seen)),
        *(one for now in after.milestones.values() for one in of_milestone(before, now, seen)),
        *of_wins(before, after, seen),
        *of_changes(before, after, seen),
    ]


def of_plan(before: PlanState, after: PlanState, seen: Traces) -> Iterator[Difference]:
    """What was agreed about the plan as a whole."""
    if not before.exists:
        yield Difference(about="plan", kind="drafted", id=after.id, versions=seen.of(PlanDrafted))
    proposed: Mapping[Kind, type[Event]] = {"proposed": PlanProposed, "activated": PlanActivated, "reviewed": PlanReviewed}
    for kind, event in proposed.items():
        if versions := seen.of(event):
            yield Difference(about="plan", kind=kind, id=after.id, to=after.plan_version if kind != "reviewed" else None, versions=versions)
    for party, one in after.approvals.items():
        if one != before.approvals.get(party):
            versions = seen.of(PlanApproved, party)
            yield Difference(about="plan", kind="approved", id=after.id, field=party, to=one.plan_version, versions=versions)


def of_wins(before: PlanState, after: PlanState, seen: Traces) -> Iterator[Difference]:
    known = {win.id for win in before.wins}
    for win in after.wins:
        if win.id not in known:
            yield Difference(about="win", kind="added", id=win.id, to=win.what, versions=seen.of(WinAcknowledged, win.id))


def of_changes(before: PlanState, after: PlanState, seen: Traces) -> Iterator[Difference]:
    """Changes that wait for an answer since, and those that were declined; one that was accepted is what it changed."""
    for change in after.changes.values():
        if declined := seen.of(ChangeDeclined, change.id):
            yield Difference(about="change", kind="dropped", id=change.id, versions=declined)
        elif change.id not in before.changes and not change.decided:
            yield Difference(about="change", kind="proposed", id=change.id, versions=(change.version,))
