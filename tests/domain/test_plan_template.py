"""Templates of plans: defined by the organization, copied into a plan that is drafted from one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown
from domain.errors.organization import QuotaReached
from domain.errors.plan import MilestoneAfterObjective, PlanExists, StrategyWithoutObjective
from domain.organization.commands import (
    DefinePlanTemplate,
    MeasureSkeleton,
    MilestoneSkeleton,
    ObjectiveSkeleton,
    RetirePlanTemplate,
    StrategySkeleton,
)
from domain.organization.decide.template import MOST_TEMPLATES
from domain.organization.events import PlanTemplateDefined, PlanTemplateRetired
from domain.plan.commands import DraftPlan
from domain.plan.events import MilestoneSet, ObjectiveDefined, PlanDrafted, StrategyAdopted
from domain.plan.smart.verdict import SmartCode
from domain.skeleton import PlanTemplate, SkeletonMeasure, SkeletonMilestone, SkeletonObjective, SkeletonStrategy
from tests.domain.planning import ENGAGEMENT, by, drafted
from tests.domain.spec import IDS, days, folded, given, uuid
from tests.domain.test_organization import REGISTERED, context

DEFINE = DefinePlanTemplate(
    name="First time leading",
    objectives=(
        ObjectiveSkeleton(
            title="Hold weekly one-to-ones with each report",
            measure=MeasureSkeleton(name="One-to-ones held", unit="count", direction="increase"),
            due_after_days=90,
        ),
        ObjectiveSkeleton(title="Delegate one project", outcome_area="leadership"),
    ),
    strategies=(StrategySkeleton(title="Practice with a peer", kind="practice", objectives=(0, 1)),),
    milestones=(MilestoneSkeleton(objective=0, title="Half of them held", due_after_days=45),),
)
DEFINED = PlanTemplateDefined(
    template_id=IDS[0],
    name="First time leading",
    language="en",
    objectives=(
        SkeletonObjective(
            title="Hold weekly one-to-ones with each report",
            outcome_area=None,
            measure=SkeletonMeasure(name="One-to-ones held", kind="numeric", unit="count", direction="increase"),
            due_after_days=90,
        ),
        SkeletonObjective(title="Delegate one project", outcome_area="leadership", measure=None, due_after_days=None),
    ),
    strategies=(SkeletonStrategy(title="Practice with a peer", kind="practice", objectives=(0, 1)),),
    milestones=(SkeletonMilestone(objective=0, title="Half of them held", due_after_days=45),),
)
TEMPLATE: PlanTemplate = folded("organization", [REGISTERED, DEFINED]).plan_templates[IDS[0]]
DRAFT = DraftPlan(engagement_id=ENGAGEMENT, template=str(TEMPLATE.id))


def test_a_template_is_defined_and_retired() -> None:
    state = given(REGISTERED).when(DEFINE, context()).then(DEFINED)
    assert list(state.plan_templates) == [IDS[0]]
    retire = RetirePlanTemplate(template_id=IDS[0])
    after = given(REGISTERED, DEFINED).when(retire, context()).then(PlanTemplateRetired(template_id=IDS[0]))
    assert after.plan_templates == {}
    given(REGISTERED, DEFINED, PlanTemplateRetired(template_id=IDS[0])).when(retire, context()).then_refused(ItemUnknown, "/template_id")


def test_its_language_is_the_organization_s_unless_it_has_another() -> None:
    given(REGISTERED).when(replace(DEFINE, language="de"), context()).then(replace(DEFINED, language="de"))


WRONG: list[tuple[dict[str, Any], type, str]] = [
    (
        {"strategies": (StrategySkeleton(title="None", kind="training", objectives=()),)},
        StrategyWithoutObjective,
        "/strategies/0/objectives",
    ),
    ({"strategies": (StrategySkeleton(title="Two", kind="training", objectives=(1, 2)),)}, ItemUnknown, "/strategies/0/objectives/1"),
    ({"milestones": (MilestoneSkeleton(objective=2, title="Of none", due_after_days=1),)}, ItemUnknown, "/milestones/0/objective"),
    (
        {"milestones": (MilestoneSkeleton(objective=0, title="Late", due_after_days=91),)},
        MilestoneAfterObjective,
        "/milestones/0/due_after_days",
    ),
]


@pytest.mark.parametrize(("changes", "refusal", "pointer"), WRONG)
def test_its_parts_fit_together(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(REGISTERED).when(replace(DEFINE, **changes), context()).then_refused(refusal, pointer)


def test_an_organization_has_a_limited_number() -> None:
    full = [replace(DEFINED, template_id=uuid(200 + number)) for number in range(MOST_TEMPLATES)]
    given(REGISTERED, *full).when(DEFINE, context()).then_refused(QuotaReached)
    given(REGISTERED, *full, PlanTemplateRetired(template_id=uuid(200))).when(DEFINE, context()).then(DEFINED)


def test_a_plan_that_is_drafted_from_one_begins_with_copies() -> None:
    events = given().when(DRAFT, by(template=TEMPLATE)).events()
    assert [type(one) for one in events] == [PlanDrafted, ObjectiveDefined, ObjectiveDefined, StrategyAdopted, MilestoneSet]
    state = folded("plan", events)
    first, second = state.objectives.values()
    assert (first.terms.due_on, first.terms.measure.unit.plain(), first.defined_by) == (days(90), "count", "coach")
    assert (second.terms.due_on, second.terms.outcome_area) == (None, "leadership")
    assert SmartCode.NO_TARGET in first.lint.blocking
    (strategy,), (step,) = state.strategies.values(), state.milestones.values()
    assert strategy.terms.objective_ids == (first.id, second.id) == (IDS[1], IDS[2])
    assert (step.objective_id, step.due_on, strategy.id, step.id) == (first.id, days(45), IDS[3], IDS[4])
    assert (state.language, state.status) == ("en", "draft")
    assert Decimal(first.terms.weight) == 1


def test_without_a_template_it_begins_empty_and_with_an_unknown_one_not_at_all() -> None:
    given().when(replace(DRAFT, template=None), by(ids=(uuid(50),))).then(drafted())
    given().when(DRAFT, by()).then_refused(ItemUnknown, "/template")
    given(drafted()).when(DRAFT, by(template=TEMPLATE)).then_refused(PlanExists)


def test_the_language_of_the_plan_is_the_template_s_unless_it_is_told() -> None:
    german = replace(TEMPLATE, language="de")
    plain = given().when(DRAFT, by(template=german)).events()[0]
    told = given().when(replace(DRAFT, language="fr"), by(template=german)).events()[0]
    assert isinstance(plain, PlanDrafted)
    assert isinstance(told, PlanDrafted)
    assert (plain.language, told.language) == ("de", "fr")
