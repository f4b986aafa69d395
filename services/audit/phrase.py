"""Differences as sentences that a client understands: a table (about, kind) -> template, as in `projections/sentence.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from domain.difference import About, Difference, Kind
from projections.sentence import Labels, Teller, Tongue

TEMPLATES: Final[Mapping[tuple[About, Kind], str]] = {
    ("plan", "drafted"): "The plan was begun",
    ("plan", "proposed"): "The plan was proposed{to:, as version }",
    ("plan", "approved"): "The {field} approved version {to} of the plan",
    ("plan", "activated"): "The plan became active",
    ("plan", "reviewed"): "The plan was reviewed",
    ("objective", "added"): "The objective {id} was added{to:, due }",
    ("objective", "refined"): "The {field} of the objective {id} changed from {from_} to {to}",
    ("objective", "moved"): "The {field} of the objective {id} moved from {from_} to {to} ({days:days})",
    ("objective", "measured"): "For the objective {id} {to} was measured{from_:, before that }",
    ("objective", "corrected"): "A value of the objective {id} was corrected from {from_} to {to}",
    ("objective", "concluded"): "The objective {id} was judged: {to}",
    ("objective", "reopened"): "The judgement of the objective {id} was withdrawn: {from_}",
    ("strategy", "added"): "The strategy {id} was adopted",
    ("strategy", "refined"): "The {field} of the strategy {id} changed from {from_} to {to}",
    ("strategy", "dropped"): "The strategy {id} was dropped",
    ("action", "added"): "A commitment was made, due {to}: {id}",
    ("action", "moved"): "The commitment {id} moved from {from_} to {to} ({days:days})",
    ("action", "completed"): "The commitment {id} was kept on {to}",
    ("action", "reopened"): "The commitment {id} is not kept yet after all",
    ("action", "dropped"): "The commitment {id} was dropped",
    ("milestone", "added"): "The milestone {id} was set for {to}",
    ("milestone", "moved"): "The milestone {id} moved from {from_} to {to} ({days:days})",
    ("milestone", "reached"): "The milestone {id} was reached on {to}",
    ("milestone", "missed"): "The milestone {id} was missed: it was due {from_}",
    ("milestone", "reopened"): "The milestone {id} is not reached yet after all",
    ("milestone", "dropped"): "The milestone {id} was taken out of the plan",
    ("win", "added"): "A win was acknowledged: {to}",
    ("change", "proposed"): "A change waits for an answer: {id}",
    ("change", "dropped"): "A change was declined: {id}",
    ("agreement", "drafted"): "Version {to} of the agreement was drafted",
    ("agreement", "signed"): "The {field} signed version {to} of the agreement",
    ("agreement", "reopened"): "Version {to} of the agreement was opened, to be agreed anew",
    ("agreement", "withdrawn"): "Version {to} of the agreement is not agreed anew after all, and goes on to rule",
    ("agreement", "activated"): "Version {to} of the agreement came into force{from_:, instead of version }",
    ("engagement", "reviewed"): "Client and others met on {to}, to align ({field})",
    ("engagement", "added"): "{id} joined the group",
    ("engagement", "withdrawn"): "{id} left the group",
    ("engagement", "assigned"): "{to} was assigned as coach{from_:, after }",
    ("engagement", "activated"): "The coaching began, planned until {to}",
    ("engagement", "completed"): "The coaching was completed on {to}",
    ("engagement", "concluded"): "The coaching was ended early, on {to}",
    ("engagement", "moved"): "Notice was given: the coaching ends on {to}",
    ("engagement", "reopened"): "Notice was taken back: the coaching does not end on {from_}",
    ("engagement", "dropped"): "The engagement was given up on {to}",
    ("engagement", "paused"): "The coaching paused from {to} on",
    ("engagement", "resumed"): "The coaching went on, planned until {to}",
    ("consent", "granted"): "{from_:Every }{id:?} may see the {field}{to:, until }",
    ("consent", "withdrawn"): "{from_:Every }{id:?} may no longer see the {field}",
}

FIELDS: Final[Mapping[str, str]] = {
    "why": "reason",
    "due_on": "due date",
    "measure_kind": "kind of measure",
    "lowest": "lowest value",
    "highest": "highest value",
    "measure_source": "source of the measure",
    "baseline_on": "day of the baseline",
    "baseline_source": "source of the baseline",
    "confidence_comment": "comment on the confidence",
    "hours_per_week": "hours a week",
}
"""Parts that read otherwise than they are called."""


def phrase(one: Difference, labels: Labels, tongue: Tongue) -> str:
    """The difference in words of a language, without who and why."""
    named = replace(one, field=FIELDS.get(one.field, one.field)) if one.field else one
    return Teller(labels, tongue).tell(TEMPLATES[one.about, one.kind], named)
