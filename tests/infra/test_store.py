"""`Store.execute`: load, decide, append; again when others were faster; once, whatever is sent twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
import pytest

from domain.assessment.events import NeedIdentified, NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.engagement.events import CoachAssigned
from domain.errors import SubjectErased
from domain.errors.engagement import CoachAtCapacity, EngagementExists
from domain.errors.person import PersonExists
from domain.event import Event
from domain.values import OfClient
from infra.eventstore.errors import Busy, IdempotencyKeyReused, UnknownTenant
from infra.eventstore.feed import feed
from infra.eventstore.intent import Change, Intent
from infra.eventstore.reading import Reading
from infra.eventstore.store import Store
from infra.eventstore.vault import Holder, Vault
from tests.infra.told import actors, agreement, engagement, new_id, organization, person, policy, record, recording, register


async def test_an_attempt_decides_on_what_was_recorded(log, tenant) -> None:
    seen = []

    async def attempt(reading: Reading) -> Intent:
        seen.append((reading.version(tenant), reading.state(tenant).policy.review_cadence_days))
        return Intent(actors(tenant), [Change(tenant, [policy(14), policy(21)])], result=b'{"version":3}')

    done = await log.execute(tenant, [tenant], attempt)
    assert (done.position, done.versions, done.result, done.replayed) == (3, {tenant: 3}, b'{"version":3}', False)
    await log.execute(tenant, [tenant], attempt)
    assert seen == [(1, 30), (3, 21)]


async def test_who_was_overtaken_decides_again_on_what_is_there_now(log, tenant) -> None:
    seen = []

    async def attempt(reading: Reading) -> Intent:
        seen.append(reading.version(tenant))
        if len(seen) == 1:
            await record(log, tenant, tenant, [policy(7)])
        return Intent(actors(tenant), [Change(tenant, [policy(14)])])

    done = await log.execute(tenant, [tenant], attempt)
    assert (seen, done.versions) == ([1, 2], {tenant: 3})


async def test_who_is_overtaken_three_times_is_told_to_come_back(log, tenant) -> None:
    tries = []

    async def attempt(reading: Reading) -> Intent:
        tries.append(await record(log, tenant, tenant, [policy(7)]))
        return Intent(actors(tenant), [Change(tenant, [policy(14)])])

    with pytest.raises(Busy):
        await log.execute(tenant, [tenant], attempt)
    assert len(tries) == 3


async def test_what_was_only_read_must_still_hold(log, tenant) -> None:
    somebody, seen = new_id(), []

    async def attempt(reading: Reading) -> Intent:
        seen.append(reading.version(tenant))
        if len(seen) == 1:
            await record(log, tenant, tenant, [policy(7)])
        return Intent(actors(tenant), [Change(somebody, [person(somebody)])])

    await log.execute(tenant, [tenant, somebody], attempt)
    assert seen == [1, 2]


async def test_an_engagement_that_changes_stops_what_happens_under_it(log, tenant) -> None:
    client, coaching, plan = new_id(), new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client)])
    await log.execute(tenant, [coaching, plan], recording(plan, launched(plan, coaching, client), engagement=coaching))
    seen = []

    async def attempt(reading: Reading) -> Intent:
        seen.append(reading.version(coaching))
        if len(seen) == 1:
            await record(log, tenant, coaching, [agreement(OfClient("eight sessions"))], client=client)
        return Intent(actors(tenant), [Change(plan, [need()])])

    await log.execute(tenant, [plan], attempt)  # the engagement comes along with its stream
    assert seen == [1, 2]


async def test_an_engagement_is_guarded_also_when_nobody_asked_for_it(log, tenant) -> None:
    client, coaching, first, second = new_id(), new_id(), new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client)])
    await log.execute(tenant, [coaching, first], recording(first, launched(first, coaching, client), engagement=coaching))
    seen = []

    async def attempt(reading: Reading) -> Intent:
        await reading.load(first, guard=False)
        seen.append(reading.version(coaching))
        if len(seen) == 1:
            await record(log, tenant, coaching, [agreement(OfClient("eight sessions"))], client=client)
        return Intent(actors(tenant), [Change(first, [need()])])

    await log.execute(tenant, [second], attempt)
    assert seen == [1, 2]


async def test_a_stream_that_turns_out_to_exist_is_read_before_deciding_again(log, tenant) -> None:
    seen = []

    async def attempt(reading: Reading) -> Intent:
        seen.append(tenant in reading.streams)
        if not seen[-1]:
            return Intent(actors(tenant), [Change(tenant, [policy()])])
        return Intent(actors(tenant), [])

    await log.execute(tenant, [new_id()], attempt)
    assert seen == [False, True]


async def test_nothing_to_do_answers_where_the_log_ends(log, tenant) -> None:
    done = await log.execute(tenant, [tenant], recording(tenant))
    assert (done.position, done.versions) == (1, {})


async def test_the_same_request_twice_has_one_effect_and_one_result(log, tenant) -> None:
    key = await log.command_key(tenant, tenant, "key-1", "POST", "/v1/policy", b"{}")
    first = await log.execute(tenant, [tenant], recording(tenant, policy(), result=b'{"n":1}'), key=key)
    again = await log.execute(tenant, [tenant], recording(tenant, policy(), result=b'{"n":2}'), key=key)
    assert (again.result, again.position, again.recorded_at, again.replayed) == (b'{"n":1}', first.position, first.recorded_at, True)
    assert (await log.read(tenant, tenant)).version(tenant) == 2


async def test_another_request_with_the_same_key_is_refused(log, tenant) -> None:
    key = await log.command_key(tenant, tenant, "key-1", "POST", "/v1/policy", b"{}")
    await log.execute(tenant, [tenant], recording(tenant, policy()), key=key)
    other = await log.command_key(tenant, tenant, "key-1", "POST", "/v1/policy", b'{"x":1}')
    with pytest.raises(IdempotencyKeyReused):
        await log.execute(tenant, [tenant], recording(tenant, policy()), key=other)


async def test_a_key_belongs_to_one_principal_of_one_organization(log, tenant) -> None:
    elsewhere = new_id()
    await register(log, elsewhere)
    request = ("key-1", "POST", "/v1/policy", b"{}")
    keys = {await log.command_key(tenant, tenant, *request), await log.command_key(tenant, elsewhere, *request)}
    keys.add(await log.command_key(elsewhere, tenant, *request))
    assert len({key.id for key in keys}) == 3


async def test_a_taken_claim_refuses_by_the_name_of_what_is_taken(log, tenant) -> None:
    first, second = new_id(), new_id()
    await record(log, tenant, first, [person(first, email="mira@example.org")])
    with pytest.raises(PersonExists):
        await record(log, tenant, second, [person(second, email=" Mira@Example.org")])
    program, client = new_id(), new_id()
    both = [msgspec.structs.replace(engagement(new_id(), client), program_id=program) for _ in range(2)]

    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(tenant), [Change(each.engagement_id, [each]) for each in both])

    with pytest.raises(EngagementExists):
        await log.execute(tenant, [each.engagement_id for each in both], attempt)


async def test_what_a_personal_claim_is_about_cannot_be_guessed(log, tenant, admin) -> None:
    somebody = new_id()
    await record(log, tenant, somebody, [person(somebody, email="mira@example.org")])
    (kept,) = await admin.fetch("SELECT kind, key FROM es.claim WHERE tenant_id = $1", tenant)
    assert kept["kind"] == "email@1"
    assert kept["key"] != await admin.fetchval("SELECT sha256('email@1\nmira@example.org'::bytea)")


async def test_the_same_claim_of_another_organization_does_not_count(log, tenant) -> None:
    elsewhere, first, second = new_id(), new_id(), new_id()
    await register(log, elsewhere)
    await record(log, tenant, first, [person(first, email="mira@example.org")])
    await record(log, elsewhere, second, [person(second, email="mira@example.org")])


async def test_a_place_that_was_free_when_looked_for_is_looked_for_again(log, tenant) -> None:
    coach, program, coached, rival = new_id(), new_id(), new_id(), new_id()
    for each in (coached, rival):
        await record(log, tenant, each, [engagement(each, new_id())])
    await record(log, tenant, rival, [seat(coach, program, 1)])
    found = []

    async def attempt(reading: Reading) -> Intent:
        places = [f"{program}:{coach}:{place}" for place in (1, 2, 3)]
        free = await reading.free_claim("coach_seat", places)
        found.append(free)
        if len(found) == 1:
            await record(log, tenant, rival, [seat(coach, program, 2)])
        if free is None:
            raise CoachAtCapacity
        return Intent(actors(tenant), [Change(coached, [seat(coach, program, 1 + places.index(free))])])

    await log.execute(tenant, [coached], attempt)
    assert [place[-1] for place in found] == ["2", "3"]


async def test_a_claim_that_is_given_back_is_free(log, tenant) -> None:
    client, coaching, first, second = new_id(), new_id(), new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client)])
    submitted = SelfAssessmentSubmitted(engagement_id=coaching, kind="self", answers=OfClient({"focus": 3}), scale_version=1)
    await log.execute(
        tenant, [coaching, first], recording(first, launched(first, coaching, client), submitted, engagement=coaching, client=client)
    )
    await log.execute(tenant, [coaching, second], recording(second, launched(second, coaching, client), engagement=coaching))
    assert await (await log.read(tenant, coaching)).engaged(coaching, "assessment") == [first, second]


async def test_a_sealed_value_is_copied_byte_for_byte(log, tenant, connection) -> None:
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    first = (await feed(connection, tenant, 2, 1))[0].event
    await record(log, tenant, coaching, [agreement(first.text, version=2)])
    second = (await feed(connection, tenant, 3, 1))[0].event
    assert second.text.sealed == first.text.sealed
    assert second.text.sealed is not None


async def test_nothing_is_sealed_for_an_erased_person(log, tenant, vault, connection) -> None:
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    other_process = Vault(vault.provider)
    await other_process.destroy(connection, tenant, client, coaching)  # this process still remembers the key
    with pytest.raises(SubjectErased):
        await record(log, tenant, coaching, [agreement(OfClient("nine sessions"))], client=client)
    assert (tenant, Holder(client, coaching)) not in vault.sealing  # now it does not
    with pytest.raises(SubjectErased):
        await record(log, tenant, coaching, [agreement(OfClient("nine sessions"))], client=client)
    assert (await log.read(tenant, coaching)).version(coaching) == 2


async def test_a_key_that_vanished_is_made_anew(log, tenant, admin, connection) -> None:
    client, coaching = new_id(), new_id()
    await record(log, tenant, coaching, [engagement(coaching, client), agreement(OfClient("eight sessions"))], client=client)
    await admin.execute("DELETE FROM es.subject_key WHERE tenant_id = $1", tenant)  # as a restored backup may lack it
    await record(log, tenant, coaching, [agreement(OfClient("nine sessions"))], client=client)
    assert await connection.fetchval("SELECT count(*) FROM es.keys_of($1, $2, $3)", tenant, [client], [coaching]) == 1


async def test_an_unknown_organization_is_not_found(log) -> None:
    nobody, somebody = new_id(), new_id()
    with pytest.raises(UnknownTenant):
        await record(log, nobody, somebody, [person(somebody)])


async def test_two_changes_of_one_stream_are_a_mistake(log, tenant) -> None:
    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(tenant), [Change(tenant, [policy()]), Change(tenant, [policy()])])

    with pytest.raises(ValueError, match="one change a stream"):
        await log.execute(tenant, [tenant], attempt)


async def test_a_value_whose_person_is_not_named_is_a_mistake(log, tenant) -> None:
    coaching = new_id()
    with pytest.raises(ValueError, match="whose is"):
        await record(log, tenant, coaching, [engagement(coaching, new_id()), agreement(OfClient("eight sessions"))])


async def test_an_organization_is_registered_once(log: Store, tenant) -> None:
    async def attempt(reading: Reading) -> Intent:
        events: list[Event] = [] if reading.exists(tenant) else [organization(tenant)]
        return Intent(actors(tenant), [Change(tenant, events)])

    assert (await log.execute(tenant, [tenant], attempt)).position == 1


def seat(coach: UUID, program: UUID, place: int) -> CoachAssigned:
    return CoachAssigned(coach_id=coach, chosen_by="client", program_id=program, seat=place)


def launched(assessment: UUID, coaching: UUID, client: UUID) -> NeedsAssessmentLaunched:
    return NeedsAssessmentLaunched(
        assessment_id=assessment,
        engagement_id=coaching,
        client_id=client,
        kind="self",
        instrument="icf",
        instrument_version=1,
        scale_version=1,
        language="en",
        competencies=("focus",),
        statements=(),
        rater_min_group=3,
        anonymity=None,
        licensed=None,
        opens_on=date(2026, 3, 2),
        closes_on=date(2026, 3, 20),
    )


def need() -> NeedIdentified:
    return NeedIdentified(need_id=new_id(), competency="focus", need_class="strength", evidence=(), client_agrees=None)
