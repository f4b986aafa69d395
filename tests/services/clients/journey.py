"""A firm up to its first active plan, told with the client that openapi-python-client made of the document.

Run as a program with the address, and the key and the id of a person in each role as JSON; mypy reads it against the client's types.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TypeVar
from uuid import UUID

from throughline_client import AuthenticatedClient
from throughline_client.api.engagements import (
    activate_engagement,
    assign_coach,
    draft_agreement,
    grant_disclosure_consent,
    propose_engagement,
    read_engagement,
    sign_agreement,
)
from throughline_client.api.people import grant_membership, register_person
from throughline_client.api.plans import activate_plan, approve_plan, define_objective, draft_plan, propose_plan, read_plan
from throughline_client.api.programs import add_coach_to_pool, define_program, enrol_participant, open_program
from throughline_client.models import (
    ActivateEngagement,
    ActivatePlan,
    AddCoachToPool,
    ApprovePlan,
    AssignCoach,
    BaselineBody,
    DefineObjectiveBody,
    DefineProgram,
    Done,
    DraftAgreement,
    DraftPlan,
    EngagementAnswer,
    EnrolParticipant,
    GrantDisclosureConsent,
    GrantDisclosureConsentSubjectsItem,
    GrantMembership,
    GrantMembershipRole,
    InformationFlowBody,
    InformationFlowBodyAbout,
    InformationFlowBodyTo,
    MeasureBody,
    MeasureBodyDirection,
    OpenProgram,
    PlanAnswer,
    ProposeEngagement,
    ProposePlan,
    RecipientBody,
    RecipientBodyRoleType0,
    RegisterPerson,
    SignAgreement,
)

A = TypeVar("A")


def got(answer: object, kind: type[A]) -> A:
    assert isinstance(answer, kind), answer
    return answer


class Firm:
    """Asks as everybody by their keys, which the operator made."""

    def __init__(self, address: str, keys: dict[str, str], ids: dict[str, str]) -> None:
        self.address = address
        self.clients = {role: self.client(key) for role, key in keys.items()}
        self.ids = {role: UUID(id) for role, id in ids.items()}

    def client(self, key: str) -> AuthenticatedClient:
        return AuthenticatedClient(base_url=self.address, token=key, raise_on_unexpected_status=True)

    def register(self, name: str, role: str) -> UUID:
        admin = self.clients["admin"]
        person = RegisterPerson(name=name, email=f"{role}@client.example")
        made = got(register_person.sync(client=admin, body=person), Done).id
        got(grant_membership.sync(made, client=admin, body=GrantMembership(role=GrantMembershipRole(role))), Done)
        return made

    def engage(self) -> UUID:
        manager, sponsor = self.clients["program_manager"], self.ids["sponsor"]
        program = DefineProgram(
            name="Leading with clarity",
            starts_on=date(2026, 1, 1),
            ends_on=date(2199, 6, 30),
            capacity=10,
            sessions_per_engagement=8,
            sponsored=True,
            sponsor_ids=[sponsor],
            sponsor_approves_plans=True,
        )
        at = got(define_program.sync(client=manager, body=program), Done).id
        pooled = AddCoachToPool(coach_id=self.ids["coach"], max_engagements=3)
        got(add_coach_to_pool.sync(at, client=manager, body=pooled), Done)
        got(open_program.sync(at, client=manager, body=OpenProgram()), Done)
        got(enrol_participant.sync(at, client=manager, body=EnrolParticipant(client_id=self.ids["client"])), Done)
        proposed = ProposeEngagement(client_id=self.ids["client"], program_id=at, sponsor_id=sponsor)
        engagement = got(propose_engagement.sync(client=manager, body=proposed), Done).id
        got(assign_coach.sync(engagement, client=manager, body=AssignCoach(coach_id=self.ids["coach"])), Done)
        return engagement

    def contract(self, engagement: UUID) -> None:
        coach = self.clients["coach"]
        flow = InformationFlowBody(about=InformationFlowBodyAbout.OBJECTIVE_TITLES, to=InformationFlowBodyTo.SPONSOR)
        terms = DraftAgreement(sessions=8, cadence_days=14, text="What is said stays here.", information_flows=[flow])
        position = got(draft_agreement.sync(engagement, client=coach, body=terms), Done).position
        seen = got(read_engagement.sync(engagement, client=coach, throughline_min_position=position), EngagementAnswer)
        assert seen.agreement is not None
        for party in ("client", "coach", "sponsor"):
            signed = SignAgreement(digest=seen.agreement.digest)
            got(sign_agreement.sync(engagement, client=self.clients[party], body=signed), Done)
        lasting = ActivateEngagement(starts_on=date(2026, 1, 1), planned_end=date(2199, 6, 30))
        got(activate_engagement.sync(engagement, client=coach, body=lasting), Done)
        consent = GrantDisclosureConsent(
            subjects=[GrantDisclosureConsentSubjectsItem.OBJECTIVE_TITLES], recipient=RecipientBody(role=RecipientBodyRoleType0.SPONSOR)
        )
        got(grant_disclosure_consent.sync(engagement, client=self.clients["client"], body=consent), Done)

    def plan(self, engagement: UUID) -> PlanAnswer:
        coach = self.clients["coach"]
        plan = got(draft_plan.sync(client=coach, body=DraftPlan(engagement_id=engagement)), Done).id
        objective = DefineObjectiveBody(
            title="Hold a one-to-one with each of my reports",
            why="They hear too late what I expect.",
            measure=MeasureBody(name="One-to-ones held", direction=MeasureBodyDirection.INCREASE, unit="count", source="calendar"),
            baseline=BaselineBody(value="2", at=date(2026, 1, 2), source="calendar"),
            target="12",
            due_on=date(2199, 3, 31),
            confidence=7,
        )
        got(define_objective.sync(plan, client=coach, body=objective), Done)
        position = got(propose_plan.sync(plan, client=coach, body=ProposePlan()), Done).position
        seen = got(read_plan.sync(plan, client=coach, throughline_min_position=position), PlanAnswer)
        approval = ApprovePlan(plan_version=int(str(seen.plan_version)), digest=str(seen.digest))
        for party in ("coach", "client", "sponsor"):
            got(approve_plan.sync(plan, client=self.clients[party], body=approval), Done)
        position = got(activate_plan.sync(plan, client=coach, body=ActivatePlan()), Done).position
        return got(read_plan.sync(plan, client=coach, throughline_min_position=position), PlanAnswer)


def main(address: str, keys: str, ids: str) -> None:
    firm = Firm(address, json.loads(keys), json.loads(ids))
    firm.register("Cora", "coach")
    engagement = firm.engage()
    firm.contract(engagement)
    print(firm.plan(engagement).status)


if __name__ == "__main__":
    main(*sys.argv[1:])
