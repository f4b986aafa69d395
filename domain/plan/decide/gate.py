"""The SMART gate: what the lint says of objectives, and whether that keeps them from becoming active."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.errors import ItemUnknown, NotPermitted
from domain.errors.plan import ObjectiveNotSmart, TooManyActiveObjectives
from domain.plan.commands.part import OverrideBody
from domain.plan.context import PlanContext
from domain.plan.decide.words import of_author
from domain.plan.events import ObjectiveLint, Override
from domain.plan.smart.lint import lint
from domain.plan.smart.rules import SAYS, SmartFacts
from domain.plan.smart.verdict import Features, Lint, SmartCode, Unmet
from domain.plan.state import PlanState
from domain.plan.terms import ObjectiveTerms
from domain.rules import require_reason


def lint_of(
    state: PlanState,
    objective_id: UUID,
    terms: ObjectiveTerms,
    features: Features,
    context: PlanContext,
    *,
    beyond_limit: bool | None = None,
    client_voiced: bool | None = None,
) -> Lint:
    """The verdict as of today; the last two are known only when the objective is about to become active."""
    facts = SmartFacts(
        terms=terms,
        features=context.fresh_features.get(objective_id, features),
        today=context.today,
        engagement_end=context.engagement.planned_end,
        has_checkpoint=state.has_checkpoint(objective_id, terms.due_on),
        beyond_limit=beyond_limit,
        client_voiced=client_voiced,
    )
    return lint(facts, context.rulesets.smart)


def lints_today(state: PlanState, today: date, engagement_end: date | None) -> dict[UUID, Lint]:
    """What the gate would find today in the objectives of a plan that is not in force yet: time and milestones change it, too.

    Of one that is in force nothing: there the verdict stays under which it came into force. Each by the version of the rules
    that has read its title: they are the same rules, and differ in their words.
    """
    return {
        one.id: lint(
            SmartFacts(
                terms=one.terms,
                features=one.lint.features,
                today=today,
                engagement_end=engagement_end,
                has_checkpoint=state.has_checkpoint(one.id, one.terms.due_on),
            ),
            one.lint.ruleset,
        )
        for one in state.open_objectives
        if state.status != "active"
    }


def lints_at_proposal(state: PlanState, context: PlanContext) -> tuple[ObjectiveLint, ...]:
    return tuple(
        ObjectiveLint(objective_id=one.id, lint=lint_of(state, one.id, one.terms, one.lint.features, context))
        for one in state.open_objectives
    )


def lints_at_activation(state: PlanState, context: PlanContext) -> tuple[ObjectiveLint, ...]:
    """Judged as they become active: the client has approved this version; the objectives beyond the limit are the last ones."""
    limit = context.policy.max_active_objectives
    return tuple(
        ObjectiveLint(
            objective_id=one.id,
            lint=lint_of(state, one.id, one.terms, one.lint.features, context, beyond_limit=place > limit, client_voiced=True),
        )
        for place, one in enumerate(state.open_objectives, start=1)
    )


def overrides_of(given: Sequence[OverrideBody], context: PlanContext, objective_id: UUID | None = None) -> tuple[Override, ...]:
    """The overrides as events hold them. Only the coach overrides, with a reason for each; `objective_id` stands in for none."""
    if given and context.party != "coach":
        raise NotPermitted("Only the coach may override a code of the SMART gate.", pointer="/overrides")
    return tuple(override_of(one, context, one.objective_id or objective_id, f"/overrides/{place}") for place, one in enumerate(given))


def override_of(given: OverrideBody, context: PlanContext, objective_id: UUID | None, pointer: str) -> Override:
    if objective_id is None:
        raise ItemUnknown("Say which objective the override is for.", pointer=f"{pointer}/objective_id")
    require_reason(given.reason_code, given.reason, context.policy, at=pointer)
    return Override(objective_id=objective_id, code=given.code, reason_code=given.reason_code, reason=of_author(given.reason))


def require_smart(lints: Sequence[ObjectiveLint], overrides: Sequence[Override], context: PlanContext) -> None:
    """Refuses while a blocking code is not overridden. The limit of active objectives holds also where the gate is off."""
    left = {one.objective_id: list(one.codes) for one in unmet(lints, overrides)}
    found = {code for codes in left.values() for code in codes}
    if context.smart_gate and found - {SmartCode.TOO_MANY_ACTIVE}:
        objectives = [{"objective_id": key, "codes": codes} for key, codes in left.items()]
        raise ObjectiveNotSmart(objectives=objectives, rules={code: SAYS[code] for code in sorted(found)})
    if SmartCode.TOO_MANY_ACTIVE in found:
        beyond = [key for key, codes in left.items() if SmartCode.TOO_MANY_ACTIVE in codes]
        raise TooManyActiveObjectives(limit=context.policy.max_active_objectives, objective_ids=beyond)


def unmet(lints: Sequence[ObjectiveLint], overrides: Sequence[Override] = ()) -> tuple[Unmet, ...]:
    """The objectives with blocking codes that nobody has overridden."""
    passed = {(one.objective_id, one.code) for one in overrides}
    found = (
        Unmet(objective_id=one.objective_id, codes=tuple(code for code in one.lint.blocking if (one.objective_id, code) not in passed))
        for one in lints
    )
    return tuple(one for one in found if one.codes)


def unmet_today(state: PlanState, context: PlanContext) -> tuple[Unmet, ...]:
    """What activation would be refused for as the plan stands: to be said when it is proposed, before everybody approves it in vain."""
    gated = {code for code in SmartCode if context.smart_gate or code == SmartCode.TOO_MANY_ACTIVE}
    found = unmet(lints_at_activation(state, context))
    kept = (Unmet(objective_id=one.objective_id, codes=tuple(code for code in one.codes if code in gated)) for one in found)
    return tuple(one for one in kept if one.codes)


def used(overrides: Sequence[Override], lints: Sequence[ObjectiveLint]) -> tuple[Override, ...]:
    """The overrides of codes that do block: the others would say that a rule had been broken."""
    blocking = {(one.objective_id, code) for one in lints for code in one.lint.blocking}
    return tuple(one for one in overrides if (one.objective_id, one.code) in blocking)
