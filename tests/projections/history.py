"""The history of an engagement, told by days, as events of the domain: for rows and indicators worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import structs

from domain.engagement.events import CoachAssigned, EngagementProposed
from domain.event import STORED, Actors, Event
from domain.glossary import Party
from domain.plan.events import (
    DueRefined,
    MilestoneAdjusted,
    MilestoneReached,
    MilestoneSet,
    MilestoneWithdrawn,
    ObjectiveConcluded,
    ObjectiveDefined,
    ObjectiveLint,
    ObjectiveRefined,
    PlanActivated,
    PlanApproved,
    PlanDrafted,
    PlanProposed,
    ProgressMeasured,
    Refinement,
    TimelineEntry,
)
from domain.plan.smart.verdict import Features, Lint, SmartCode
from domain.plan.terms import Band, Baseline, Direction, Links, Measure, ObjectiveTerms, Outcome
from domain.values import OfAuthor, OfClient
from infra.eventstore.feed import Fed
from projections.kpi.facts import Facts
from projections.kpi.follow import follow
from projections.kpi.period import Asked, Period

BERLIN = ZoneInfo("Europe/Berlin")
DIGEST = "ab" * 32


def uuid(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8000-{number:012}")


CLIENT, COACH, PROGRAM, ENGAGEMENT, PLAN = (uuid(number) for number in range(1, 6))
OBJECTIVE, OTHER, MILESTONE, SECOND, CHANGE, ACTION, FURTHER = (uuid(number) for number in range(10, 17))
EVALUATION = uuid(40)


def noon(day: str) -> datetime:
    """Midday of a day such as 2026-03-02: the same day in every zone of the tests."""
    return datetime.combine(date.fromisoformat(day), time(12), UTC)


def asked(period: str, today: str, position: int = 99) -> Asked:
    """Under a policy that asks for a review every 30 days at first, and from its version 4 on every 14."""
    cadences = {0: 30, 4: 14}
    return Asked(period=Period.of(period), today=date.fromisoformat(today), zone=BERLIN, position=position, cadences=cadences)


class History:
    """Events of one engagement, in order. `facts` is what the board makes of them."""

    def __init__(self, client: UUID = CLIENT, engagement: UUID = ENGAGEMENT) -> None:
        self.client = client
        self.engagement = engagement
        self.versions: dict[UUID, int] = {}
        self.feds: list[Fed] = []
        proposed = EngagementProposed(
            engagement_id=engagement, client_id=client, program_id=PROGRAM, kind="individual", pro_bono=False, sponsor_id=None
        )
        assigned = CoachAssigned(coach_id=COACH, chosen_by="client", program_id=PROGRAM, seat=1)
        drafted = PlanDrafted(plan_id=PLAN, engagement_id=engagement, client_id=client, template=None, language="en")
        self.on("2026-01-02", proposed, assigned, stream=engagement).on("2026-01-05", drafted)

    def on(self, day: str | datetime, *events: Event, actor: UUID = COACH, stream: UUID = PLAN, **fields: Any) -> History:
        """These events happened on that day, at noon. `fields` are of the record, such as `recorded_at`, or of its `meta`."""
        at = day if isinstance(day, datetime) else noon(day)
        for event in events:
            self.versions[stream] = self.versions.get(stream, 0) + 1
            fed = self.fed(event, at, actor, stream)
            of_meta = {name: value for name, value in fields.items() if name in Actors.__struct_fields__}
            of_record = {name: value for name, value in fields.items() if name not in of_meta}
            self.feds.append(structs.replace(fed, meta=structs.replace(fed.meta, **of_meta), **of_record))
        return self

    def fed(self, event: Event, at: datetime, actor: UUID, stream: UUID) -> Fed:
        name, schema_v = STORED[type(event)]
        return Fed(
            event=event,
            type=name,
            schema_v=schema_v,
            version=self.versions[stream],
            occurred_at=at,
            meta=Actors(
                actor=actor,
                role="client" if actor == self.client else "coach",
                on_behalf_of=None,
                channel="test",
                command="told",
                correlation=uuid(99),
                causation=None,
            ),
            payload_hash=b"",
            stream=stream,
            engagement_id=None if stream == self.engagement else self.engagement,
            position=len(self.feds) + 1,
            recorded_at=at,
            payload=b"{}",
        )

    @property
    def version(self) -> int:
        """Of the plan's stream, after the last event."""
        return self.versions[PLAN]

    @property
    def facts(self) -> Facts:
        facts = Facts(engagement_id=self.engagement)
        for fed in self.feds:
            if type(fed.event) in follow.table:
                facts = follow(facts, fed)
        return facts


def lint(*blocking: SmartCode) -> Lint:
    seen = Features(vague_verb=False, subjective_term=False, too_short=False)
    return Lint(ruleset="smart-lint@1", language="en", features=seen, blocking=blocking, warnings=(), not_applicable=())


def terms(**changes: Any) -> ObjectiveTerms:
    """From 40 to 80 percent, due at the end of June."""
    usual = ObjectiveTerms(
        title=OfClient("Lead the billing project team to its first release"),
        why=OfClient("I want to be trusted with a whole project"),
        language="en",
        outcome_area=None,
        measure=measure(),
        baseline=Baseline(value=Decimal(40), at=date(2026, 1, 5)),
        baseline_by=None,
        target=Decimal(80),
        due_on=date(2026, 6, 30),
        weight=1,
        confidence=7,
        confidence_comment=None,
        links=Links(),
    )
    return structs.replace(usual, **changes)


def measure(direction: Direction = "increase", band: Band | None = None) -> Measure:
    name = OfClient("Team members who would work with me again")
    return Measure(name=name, kind="numeric", unit="percent", direction=direction, scope=None, band=band, source="survey")


def defined(
    objective: UUID = OBJECTIVE, *blocking: SmartCode, by: Party = "client", change: UUID | None = None, **changes: Any
) -> ObjectiveDefined:
    return ObjectiveDefined(objective_id=objective, terms=terms(**changes), defined_by=by, lint=lint(*blocking), change_id=change)


def refined(refinement: Refinement | None = None, *blocking: SmartCode, change: UUID | None = None) -> ObjectiveRefined:
    what = refinement or DueRefined(from_=None, to=date(2026, 6, 30))
    return ObjectiveRefined(
        objective_id=OBJECTIVE,
        refinement=what,
        evidence=(),
        refined_by="coach",
        lint=lint(*blocking),
        change_id=change,
        reason_code="learning",
        reason=None,
    )


def milestone(due_on: str, milestone_id: UUID = MILESTONE, *, initiated_by: Party = "coach") -> MilestoneSet:
    return MilestoneSet(
        milestone_id=milestone_id,
        objective_id=OBJECTIVE,
        title=OfClient("Half of the team convinced"),
        due_on=date.fromisoformat(due_on),
        benchmark=None,
        evidence=None,
        set_by="coach",
        initiated_by=initiated_by,
    )


def moved(
    due_on: str,
    to: str,
    milestone_id: UUID = MILESTONE,
    *,
    code: str | None = "capacity",
    initiated_by: Party = "coach",
    reason: OfAuthor[str] | None = None,
) -> MilestoneAdjusted:
    before, after = date.fromisoformat(due_on), date.fromisoformat(to)
    return MilestoneAdjusted(
        milestone_id=milestone_id,
        from_=before,
        to=after,
        shift_days=(after - before).days,
        adjusted_by="coach",
        initiated_by=initiated_by,
        evidence=(),
        reason_code=code,
        reason=reason,
    )


def reached(on: str, milestone_id: UUID = MILESTONE) -> MilestoneReached:
    return MilestoneReached(
        milestone_id=milestone_id,
        on=date.fromisoformat(on),
        measured_value=None,
        benchmark_met=None,
        evidence=None,
        reason_code=None,
        reason=None,
    )


def withdrawn(due_on: str, milestone_id: UUID = MILESTONE, *, initiated_by: Party = "coach") -> MilestoneWithdrawn:
    return MilestoneWithdrawn(
        milestone_id=milestone_id,
        due_on=date.fromisoformat(due_on),
        withdrawn_by="coach",
        initiated_by=initiated_by,
        reason_code="scope",
        reason=None,
    )


def approved(party: Party) -> PlanApproved:
    return PlanApproved(party=party, plan_version=1, digest=DIGEST)


def proposed() -> PlanProposed:
    return PlanProposed(plan_version=1, digest=DIGEST, lints=(), proposed_by="coach")


def activated(on: str, lints: dict[UUID, Lint] | None = None, **milestones: str) -> PlanActivated:
    """In force, with the due dates of that day: `activated("2026-02-01", milestone="2026-03-20")`."""
    ids = {"milestone": MILESTONE, "second": SECOND}
    timeline = tuple(
        TimelineEntry(milestone_id=ids[name], objective_id=OBJECTIVE, due_on=date.fromisoformat(due)) for name, due in milestones.items()
    )
    verdicts = tuple(ObjectiveLint(objective_id=item, lint=verdict) for item, verdict in (lints or {}).items())
    return PlanActivated(
        plan_version=1,
        digest=DIGEST,
        activated_on=date.fromisoformat(on),
        timeline=timeline,
        lints=verdicts,
        overrides=(),
        smart_gate=True,
    )


def measured(value: int, on: str, objective: UUID = OBJECTIVE, version: int = 1) -> ProgressMeasured:
    return ProgressMeasured(
        objective_id=objective,
        measure_version=version,
        value=Decimal(value),
        at=noon(on),
        on=date.fromisoformat(on),
        source="survey",
        comment=None,
    )


def concluded(outcome: Outcome = "attained", *, client_agrees: bool | None = True, objective: UUID = OBJECTIVE) -> ObjectiveConcluded:
    return ObjectiveConcluded(
        objective_id=objective,
        outcome=outcome,
        level=None,
        scale_version=None,
        measured_value=None,
        rated_by="client" if client_agrees else "coach",
        client_agrees=client_agrees,
        reason_code=None,
        reason=None,
    )
