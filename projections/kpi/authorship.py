"""Whose plan is it: the share of changes that the client made (15), and beside it the share that the client approved."""

from __future__ import annotations

from collections.abc import Sequence

from projections.kpi.facts import Change, Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_period
from projections.kpi.value import Kpi, rate


def client_authored(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Plan-changing events whose author is the client: who acted, initiated or proposed."""
    seen = ((people, change.by_client) for people, f in of_period(facts, asked) for change in f.changes if asked.holds(change.at))
    return rate(15, "client_authored_share", asked.position, seen)


def client_approved(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Plan-changing events that the client proposed or accepted, or that a version approved later contains."""
    seen = ((people, approved(f, change)) for people, f in of_period(facts, asked) for change in f.changes if asked.holds(change.at))
    return rate(15, "client_approved_share", asked.position, seen)


def approved(facts: Facts, change: Change) -> bool:
    later = change.content and max(facts.client_approvals, default=0) > change.version
    return change.by_client or change.accepted_by_client or later
