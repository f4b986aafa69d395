"""What is said of each kind of finding: ids, dates, numbers and codes only, so that everybody who may ask may read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "milestone_set": "Milestone {milestone} was set for {due_on} by the {set_by}.",
    "milestone_moved": "Milestone {milestone} was moved from {from_} to {to} ({days} days) by the {role}, as the {initiator} wished; reason: {reason_code}.",
    "milestone_moved_often": "Milestone {milestone} was moved for the {times}. time, from {from_} to {to} ({days} days), by the {role}, as the {initiator} wished; reason: {reason_code}.",
    "milestone_moved_late": "Milestone {milestone} was moved on {moved_on}, when it was due {from_}, to {to} ({days} days) by the {role}, as the {initiator} wished; reason: {reason_code}.",
    "milestone_withdrawn": "Milestone {milestone}, due {due_on}, was taken out of the plan, as the {initiator} wished.",
    "milestone_withdrawn_late": "Milestone {milestone} was taken out of the plan when it was due, {due_on}, as the {initiator} wished.",
    "target_changed": "The target of objective {objective} was changed from {from_} to {to} by the {refined_by}.",
    "target_lowered_after_results": "The target of objective {objective} was lowered from {from_} to {to} by the {refined_by}, after {value} was measured (pace {pace}); reason: {reason_code}.",
    "measure_replaced": "The measure of objective {objective} was replaced by the {refined_by} before anything was measured.",
    "measure_replaced_after_results": "The measure of objective {objective} was replaced by the {refined_by} after {value} was measured; its target went from {from_} to {to}.",
    "evaluation_done": "The {evaluator} evaluated version {plan_version} of the plan on {happened_on}; it was due {due_on}.",
    "evaluation_late": "The {evaluator} evaluated version {plan_version} of the plan on {happened_on}, after the day it was due, {due_on}.",
    "evaluation_dated_back": "The evaluation of the {evaluator}, due {due_on}, is dated {happened_on} and was written down on {recorded_on} (channel {channel}).",
    "evaluation_missing": "The {evaluator} did not evaluate the plan at point {point}; it was due {due_on}.",
    "evaluation_waits": "The {evaluator} is to evaluate the plan at point {point} by {due_on}.",
}
"""Kind -> sentence, with the names of facts in braces."""
