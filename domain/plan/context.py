"""What the rules of a plan may know beside the plan."""

from __future__ import annotations

from uuid import UUID

from msgspec import field

from domain.context import Context, EngagementFacts, ProgramFacts
from domain.errors.engagement import NotAParty
from domain.glossary import PARTIES, AssessmentKind, Party
from domain.plan.smart.verdict import Features
from domain.skeleton import PlanTemplate
from domain.values import Code, LabelOfClient, is_same_label


class PlanContext(Context, frozen=True, kw_only=True):
    """The engagement of the plan, its program if it has one, and what its assessments found.

    `language` is the organization's, `template` the one that a plan is drafted from. `needs` are the needs identified in the engagement, None where nobody looked them up.
    `finished_assessments` are the kinds of which one is submitted. `recorded_evaluations` are those that somebody recorded,
    `sessions` those of the engagement, None where nobody looked them up. `fresh_features` are those of titles that were opened
    because the ruleset is another than the one that read them first. `labels` is what sealed labels say that the rule compares.
    """

    engagement: EngagementFacts
    program: ProgramFacts | None = None
    language: Code = "en"
    template: PlanTemplate | None = None
    needs: frozenset[UUID] | None = None
    finished_assessments: frozenset[AssessmentKind] = frozenset()
    recorded_evaluations: frozenset[UUID] = frozenset()
    sessions: frozenset[UUID] | None = None
    fresh_features: dict[UUID, Features] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def is_same(self, one: LabelOfClient[str] | None, other: LabelOfClient[str] | None) -> bool:
        """Whether two labels say the same."""
        if one is None or other is None:
            return one is other
        return is_same_label(self.said(one), self.said(other))

    def said(self, label: LabelOfClient[str]) -> str:
        """What a label says; one that nobody could open is only itself."""
        return label.plain() if label.is_open else self.labels.get(label.sealed or "", label.sealed or "")

    @property
    def party(self) -> Party:
        """The side that the actor is on. Raises `NotAParty`."""
        party = self.engagement.parties.get(self.actor)
        if party is None:
            raise NotAParty()
        return party

    @property
    def side(self) -> Party:
        """The same in what each speaks of themselves: who is coached together with the client is on the client's side, too."""
        return "client" if self.actor in self.engagement.members else self.party

    @property
    def approvals_required(self) -> tuple[Party, ...]:
        """Whose approval a plan needs: client and coach always, the sponsor where the program says so."""
        return PARTIES if self.program and self.program.sponsor_approves_plans else ("client", "coach")

    @property
    def acceptances_required(self) -> tuple[Party, ...]:
        """Who has to agree to a change of an agreed plan; the proposer does by proposing."""
        return PARTIES if self.program and self.program.sponsor_accepts_changes else ("client", "coach")

    @property
    def smart_gate(self) -> bool:
        """Whether a blocking code keeps a plan from becoming active: the program's word, else the organization's."""
        if self.program is None or self.program.smart_gate is None:
            return self.policy.smart_gate
        return self.program.smart_gate
