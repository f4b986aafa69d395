"""Events of the domain to fill a log with, and attempts that record them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.engagement.events import AgreementDrafted, EngagementProposed
from domain.event import Actors, Event
from domain.organization.events import OrganizationPolicySet, OrganizationRegistered
from domain.person.events import PersonRegistered
from domain.values import OfClient, OfPerson, personal_values
from infra.eventstore.feed import Fed
from infra.eventstore.opening import SealedAt
from infra.eventstore.reading import Reading
from infra.eventstore.store import Change, Done, Intent, Store


def new_id() -> UUID:
    return uuid7()


def actors(actor: UUID, channel: str = "test") -> Actors:
    return Actors(actor=actor, role="admin", on_behalf_of=None, channel=channel, command="told", correlation=UUID(int=1), causation=None)


def organization(tenant: UUID) -> OrganizationRegistered:
    return OrganizationRegistered(
        organization_id=tenant, name="Aurora", slug="aurora", region="eu", time_zone="Europe/Berlin", locale="en", week_start="monday"
    )


def policy(cadence_days: int = 30, replaces: int = 0) -> OrganizationPolicySet:
    return OrganizationPolicySet(
        sponsor_min_group=5,
        rater_min_group=3,
        max_active_objectives=3,
        review_cadence_days=cadence_days,
        smart_gate=True,
        quiet_from_hour=20,
        quiet_until_hour=7,
        retention_months=84,
        reason_codes=("scope",),
        replaces=replaces,
    )


def person(person_id: UUID, name: str = "Mira Okafor", email: str | None = None) -> PersonRegistered:
    return PersonRegistered(
        person_id=person_id,
        name=OfPerson(name, subject=person_id),
        email=OfPerson(email or f"{person_id}@example.org", subject=person_id),
        locale=None,
        time_zone=None,
        source="invite",
    )


def engagement(engagement_id: UUID, client: UUID) -> EngagementProposed:
    return EngagementProposed(
        engagement_id=engagement_id, client_id=client, program_id=None, kind="individual", pro_bono=False, sponsor_id=None
    )


def agreement(text: OfClient[str], version: int = 1) -> AgreementDrafted:
    return AgreementDrafted(
        agreement_version=version,
        parties=(),
        sessions=8,
        cadence_days=14,
        cancellation_hours=24,
        termination_days=30,
        confidentiality_limits=(),
        information_flows=(),
        ai_use="none",
        text=text,
        replaces=0,
    )


def recording(
    stream: UUID,
    *events: Event,
    engagement: UUID | None = None,
    client: UUID | None = None,
    actor: UUID | None = None,
    result: bytes = b"{}",
    channel: str = "test",
) -> Callable[[Reading], Awaitable[Intent]]:
    """An attempt that records these events whatever was read."""

    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(actor or stream, channel), [Change(stream, events, engagement)], client=client, result=result)

    return attempt


async def register(store: Store, tenant: UUID) -> Done:
    return await store.execute(tenant, [tenant], recording(tenant, organization(tenant)))


async def record(store: Store, tenant: UUID, stream: UUID, events: Sequence[Event], *, client: UUID | None = None) -> Done:
    return await store.execute(tenant, [stream], recording(stream, *events, client=client))


def sealed_values(fed: Fed) -> list[SealedAt]:
    """The sealed values of an event, each with its place."""
    realm = fed.engagement_id or fed.stream
    return [SealedAt(fed.stream, realm, value.sealed) for value in personal_values(fed.event) if value.sealed is not None]
