"""The rules of `smart-lint`, one small function each, and the table of them that is published.

A rule gets the facts of one objective and answers whether they pass, fail, or are none of its business (None). Numbers
compare as numbers; yes/no orders no (0) before yes (1).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from domain.plan.smart.verdict import Features, SmartCode
from domain.plan.terms import ObjectiveTerms

BASELINE_WITHIN: Final = timedelta(days=30)
CHECKPOINT_AFTER: Final = timedelta(days=45)
LOWEST_CONFIDENCE: Final = 4

Level = Literal["block", "warn"]


class SmartFacts(Struct, frozen=True, kw_only=True):
    """All that the rules may look at.

    `has_checkpoint` says that a milestone lies before the due date. `beyond_limit` (A1) and `client_voiced` (R2) are None
    where an objective is only being defined: those two are judged when it becomes active.
    """

    terms: ObjectiveTerms
    features: Features
    today: date
    engagement_end: date | None
    has_checkpoint: bool
    beyond_limit: bool | None = None
    client_voiced: bool | None = None


class Rule(NamedTuple):
    """One rule: its code, what a failure means, and the check, which says whether it passes (None: not applicable)."""

    code: SmartCode
    level: Callable[[SmartFacts], Level]
    passes: Callable[[SmartFacts], bool | None]
    says: str


def blocks(_: SmartFacts) -> Level:
    return "block"


def warns(_: SmartFacts) -> Level:
    return "warn"


def blocks_unmeasured(facts: SmartFacts) -> Level:
    return "block" if facts.terms.measure is None else "warn"


def verb_or_measure(facts: SmartFacts) -> bool | None:
    vague = facts.features.vague_verb
    return None if vague is None else not vague or facts.terms.measure is not None


def term_is_plain(facts: SmartFacts) -> bool | None:
    subjective = facts.features.subjective_term
    return None if subjective is None else not subjective


def unit_named(facts: SmartFacts) -> bool | None:
    measure = facts.terms.measure
    if measure is None or measure.kind == "yes_no":
        return None
    return measure.unit is not None or (measure.kind == "scale" and measure.scope is not None)


def baseline_known(facts: SmartFacts) -> bool | None:
    terms = facts.terms
    if terms.measure is None:
        return None
    if terms.baseline is not None:
        return terms.baseline.source is not None
    return terms.baseline_by is not None and facts.today <= terms.baseline_by <= facts.today + BASELINE_WITHIN


def target_set(facts: SmartFacts) -> bool | None:
    measure = facts.terms.measure
    if measure is None:
        return None
    return facts.terms.target is not None or (measure.direction == "maintain" and measure.band is not None)


def target_differs(facts: SmartFacts) -> bool | None:
    terms = facts.terms
    if terms.measure is None or terms.baseline is None or terms.target is None or terms.measure.direction == "maintain":
        return None
    return terms.target != terms.baseline.value


def target_in_direction(facts: SmartFacts) -> bool | None:
    terms = facts.terms
    if terms.measure is None or terms.baseline is None or terms.target is None or terms.measure.direction == "maintain":
        return None
    if terms.measure.direction == "increase":
        return terms.target >= terms.baseline.value
    return terms.target <= terms.baseline.value


def source_named(facts: SmartFacts) -> bool | None:
    measure = facts.terms.measure
    return None if measure is None else measure.source is not None


def within_limit(facts: SmartFacts) -> bool | None:
    return None if facts.beyond_limit is None else not facts.beyond_limit


def confident(facts: SmartFacts) -> bool:
    terms = facts.terms
    return terms.confidence is not None and (terms.confidence >= LOWEST_CONFIDENCE or terms.confidence_comment is not None)


def linked(facts: SmartFacts) -> bool:
    terms = facts.terms
    return terms.why is not None or terms.links.need_id is not None or terms.links.sponsor_outcome_id is not None


def due_ahead(facts: SmartFacts) -> bool | None:
    due = facts.terms.due_on
    return None if due is None else due >= facts.today


def due_in_engagement(facts: SmartFacts) -> bool | None:
    due, end = facts.terms.due_on, facts.engagement_end
    return None if due is None or end is None else due <= end


def checkpoint_set(facts: SmartFacts) -> bool | None:
    due = facts.terms.due_on
    return None if due is None else due - facts.today <= CHECKPOINT_AFTER or facts.has_checkpoint


RULES: Final[tuple[Rule, ...]] = (
    Rule(SmartCode.VAGUE_VERB, blocks, verb_or_measure, "The main verb promises no outcome, and no measure says what is meant."),
    Rule(SmartCode.SUBJECTIVE_TERM, blocks_unmeasured, term_is_plain, "A word in the title means something else to everybody."),
    Rule(SmartCode.TOO_SHORT, warns, lambda facts: not facts.features.too_short, "The title is too short to say what is to be reached."),
    Rule(SmartCode.NO_MEASURE, blocks, lambda facts: facts.terms.measure is not None, "Nothing says how success will be known."),
    Rule(SmartCode.NO_UNIT, blocks, unit_named, "The measure has numbers without a unit."),
    Rule(
        SmartCode.NO_BASELINE,
        blocks,
        baseline_known,
        "No baseline with day and source, and no day within 30 days on which it will be taken.",
    ),
    Rule(SmartCode.NO_TARGET, blocks, target_set, "No target."),
    Rule(SmartCode.TARGET_EQ_BASELINE, blocks, target_differs, "The target is where the client stands already."),
    Rule(
        SmartCode.DIRECTION_MISMATCH,
        blocks,
        target_in_direction,
        "The target lies on the other side of the baseline than the direction says.",
    ),
    Rule(SmartCode.NO_EVIDENCE_SOURCE, warns, source_named, "Nobody and nothing is named that gives the measured number."),
    Rule(SmartCode.TOO_MANY_ACTIVE, blocks, within_limit, "More objectives than the organization allows at a time."),
    Rule(SmartCode.NO_CONFIDENCE, blocks, confident, "The client has not said how confident they are, or why it is below 4."),
    Rule(SmartCode.NOT_LINKED, blocks, linked, "Neither a need, nor a sponsor's outcome, nor the client's own reason is named."),
    Rule(SmartCode.NOT_CLIENT_VOICED, blocks, lambda facts: facts.client_voiced, "The client has neither written nor approved it."),
    Rule(SmartCode.NO_DUE, blocks, lambda facts: facts.terms.due_on is not None, "No due date."),
    Rule(SmartCode.DUE_IN_PAST, blocks, due_ahead, "The due date has passed."),
    Rule(SmartCode.DUE_AFTER_ENGAGEMENT_END, blocks, due_in_engagement, "It is due after the engagement's end."),
    Rule(SmartCode.NO_CHECKPOINT, warns, checkpoint_set, "It is due in more than 45 days, and no milestone lies before that."),
)

SAYS: Final = {rule.code: rule.says for rule in RULES}
"""What a code means, in the words that who reads it is told."""
