"""What a superuser changed in the log itself: each kind is named, with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.workers.verify.conftest import Place, Verifying
from tests.workers.verify.tampering import Stored, Tampering


def at(one: Stored, kind: str, **more: Any) -> Place:
    return {"kind": kind, "tenant": one.tenant, "stream": one.stream, "version": one.version, "position": one.position, **more}


def payload(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.change(one, "payload", hashed=False, value="77")
    return at(one, "payload_hash")


def meta(t: Tampering) -> Place:
    one = t.event("plan.plan_approved")
    t.change(one, "meta", hashed=False, role="coach")
    return at(one, "meta_hash")


def payload_that_was_approved(t: Tampering) -> Place:
    """Hash and all: the first proposal of the plan bound another content."""
    one = t.event("plan.objective_defined", of=t.plan)
    t.change(one, "payload", hashed=True, defined_by="sponsor")
    return at(t.event("plan.plan_proposed", of=t.plan), "digest", field="digest")


def terms_that_were_signed(t: Tampering) -> Place:
    one = t.event("engagement.agreement_drafted")
    t.change(one, "payload", hashed=True, sessions=99)
    return at(t.event("engagement.agreement_signed", of=one.stream), "digest", field="digest")


def approved_version(t: Tampering) -> Place:
    one = t.event("plan.plan_approved", of=t.plan)
    t.change(one, "payload", hashed=True, plan_version=7)
    return at(one, "digest", field="plan_version", found="7")


def positions_swapped(t: Tampering) -> Place:
    """Of two events of one stream: the later version stands first."""
    one, other = (t.event("plan.progress_measured", number, of=t.plan) for number in (0, 1))
    t.swap(one, other, "position")
    return at(other, "version", position=one.position, found=str(other.version))


def versions_swapped(t: Tampering) -> Place:
    one, other = (t.event("plan.progress_measured", number, of=t.plan) for number in (0, 1))
    t.swap(one, other, "version")
    return at(one, "version", version=other.version, expected=str(one.version))


def places_swapped(t: Tampering) -> Place:
    """Both exchange everything but their content: the digest that was approved had them the other way round."""
    one, other = (t.event("plan.objective_defined", number, of=t.plan) for number in (0, 1))
    t.swap(one, other, "version", "position", "recorded_at")
    return at(t.event("plan.plan_proposed", of=t.plan), "digest")


def last_row(t: Tampering) -> Place:
    one = t.event("%", -1)
    t.remove(one)
    return {"kind": "head", "tenant": one.tenant, "position": one.position - 1, "found": str(one.position)}


def middle_row(t: Tampering) -> Place:
    one = t.event("plan.progress_measured", 2)
    t.remove(one)
    return {"kind": "position", "tenant": one.tenant, "position": one.position}


def last_row_with_its_head(t: Tampering) -> Place:
    """Only read models, which are further, still know of it."""
    one = t.event("%", -1)
    t.remove(one)
    t.run("UPDATE es.tenant_head SET position = position - 1 WHERE tenant_id = %s", one.tenant)
    return {"kind": "checkpoint", "tenant": one.tenant, "position": one.position, "expected": f"up to {one.position - 1}"}


def time_moved_back(t: Tampering) -> Place:
    one = t.event("plan.plan_activated")
    t.run("UPDATE es.event SET recorded_at = '2020-01-01Z' WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return at(one, "recorded_at")


def time_moved_on(t: Tampering) -> Place:
    """The next event is then too early."""
    one = t.event("plan.plan_activated")
    moved = "clock_timestamp() + interval '4 minutes'"
    t.run(f"UPDATE es.event SET recorded_at = {moved} WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return {"kind": "recorded_at", "tenant": one.tenant, "position": one.position + 1}


def time_to_come(t: Tampering) -> Place:
    """Of the last event and of the head: nothing stands after them."""
    one = t.event("%", -1)
    t.run("UPDATE es.event SET recorded_at = '2090-01-01Z' WHERE stream_id = %s AND version = %s", one.stream, one.version)
    t.run("UPDATE es.tenant_head SET recorded_at = '2090-01-01Z' WHERE tenant_id = %s", one.tenant)
    return at(one, "recorded_at", found="2090-01-01T00:00:00+00:00")


def head_moved(t: Tampering) -> Place:
    one = t.event("%", -1)
    t.run("UPDATE es.tenant_head SET position = position + 5 WHERE tenant_id = %s", one.tenant)
    return {"kind": "head", "tenant": one.tenant, "position": one.position, "found": str(one.position + 5)}


def head_removed(t: Tampering) -> Place:
    one = t.event("%", -1)
    t.run("DELETE FROM es.tenant_head WHERE tenant_id = %s", one.tenant)
    return {"kind": "head", "tenant": one.tenant, "found": "no row"}


def time_of_the_head(t: Tampering) -> Place:
    one = t.event("%", -1)
    t.run("UPDATE es.tenant_head SET recorded_at = '2020-01-01Z' WHERE tenant_id = %s", one.tenant)
    return {"kind": "head", "tenant": one.tenant, "field": "recorded_at"}


def head_dated_ahead(t: Tampering) -> Place:
    """No command explains it: the events to come would all be recorded then."""
    one = t.event("%", -1)
    t.run("UPDATE es.tenant_head SET recorded_at = clock_timestamp() + interval '1 minute' WHERE tenant_id = %s", one.tenant)
    return {"kind": "head", "tenant": one.tenant, "field": "recorded_at"}


def type_of_a_stream(t: Tampering) -> Place:
    t.run("UPDATE es.stream SET type = 'person' WHERE stream_id = %s", t.plan)
    return {"kind": "stream", "stream": t.plan, "field": "type", "expected": "plan", "found": "person"}


def engagement_of_a_stream(t: Tampering) -> Place:
    other = t.event("program.program_defined").stream
    t.run("UPDATE es.stream SET engagement_id = %s WHERE stream_id = %s", other, t.plan)
    return {"kind": "stream", "stream": t.plan, "field": "engagement_id", "found": str(other)}


def row_of_a_stream(t: Tampering) -> Place:
    t.run("DELETE FROM es.stream WHERE stream_id = %s", t.plan)
    return at(t.event("plan.plan_drafted", of=t.plan), "stream", found="none")


def stream_of_nothing(t: Tampering) -> Place:
    one = t.event("plan.plan_drafted")
    t.run("INSERT INTO es.stream (tenant_id, stream_id, type) VALUES (%s, gen_random_uuid(), 'plan')", one.tenant)
    return {"kind": "stream", "tenant": one.tenant, "expected": "events"}


def one_payload_emptied(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.run("UPDATE es.event SET payload = NULL WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return at(one, "erasure")


def form(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.run("UPDATE es.event SET schema_v = 99 WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return at(one, "form", found="plan.progress_measured in form 99")


def form_before_the_first(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.run("UPDATE es.event SET schema_v = 0 WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return at(one, "form")


def type_of_another_noun(t: Tampering) -> Place:
    """It has no fields, so whatever is stored reads as one."""
    one = t.event("plan.progress_measured")
    t.run("UPDATE es.event SET type = 'program.program_opened' WHERE stream_id = %s AND version = %s", one.stream, one.version)
    return at(one, "type", expected="an event of the plan that it stands in", found="program.program_opened")


def no_json(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.write(one, "payload", b"{", hashed=True)
    return at(one, "form", found="DecodeError")


def no_meta(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.write(one, "meta", b"{}", hashed=True)
    return at(one, "form", found="ValidationError")


def unheard_of_objective(t: Tampering) -> Place:
    one = t.event("plan.progress_measured")
    t.change(one, "payload", hashed=True, objective_id="00000000-0000-0000-0000-00000000dead")
    return at(one, "fold", found="KeyError")


def sealed_value_of_another_stream(t: Tampering) -> Place:
    """The one that stands second in the log is taken for the copy."""
    one, other = t.event("person.person_registered", 0), t.event("person.person_registered", 1)
    t.change(one, "payload", hashed=True, name=msgspec.json.decode(other.payload)["name"])
    return at(other, "seal", found=f"that of stream {one.stream}")


def sealed_value_altered(t: Tampering) -> Place:
    one = t.event("person.person_registered")
    sealed = str(msgspec.json.decode(one.payload)["name"])
    t.change(one, "payload", hashed=True, name=sealed[:-8] + ("AAAAAAA=" if not sealed.endswith("AAAAAAA=") else "BBBBBBB="))
    return at(one, "seal")


def key_removed(t: Tampering) -> Place:
    one = t.event("person.person_registered")
    t.run("DELETE FROM es.subject_key WHERE realm_id = %s", one.stream)
    return at(one, "key")


def keys_of_the_organization(t: Tampering) -> Place:
    one = t.event("%")
    t.run("UPDATE es.tenant_key SET wrapping = sha256(wrapping) WHERE tenant_id = %s", one.tenant)
    return {"kind": "key", "tenant": one.tenant, "table": "es.tenant_key"}


CASES: list[Callable[[Tampering], Place]] = [
    *(payload, meta, payload_that_was_approved, terms_that_were_signed, approved_version),
    *(positions_swapped, versions_swapped, places_swapped, last_row, middle_row, last_row_with_its_head),
    *(time_moved_back, time_moved_on, time_to_come, head_moved, head_removed, time_of_the_head, head_dated_ahead),
    *(type_of_a_stream, engagement_of_a_stream, row_of_a_stream, stream_of_nothing, one_payload_emptied),
    *(form, form_before_the_first, type_of_another_noun, no_json, no_meta, unheard_of_objective),
    *(sealed_value_of_another_stream, sealed_value_altered, key_removed, keys_of_the_organization),
]


async def test_what_nobody_changed_is_whole(verify: Verifying) -> None:
    verdict = await verify()
    assert verdict.is_whole, [each.text for each in verdict.differences]
    assert (verdict.tenants, verdict.plans, verdict.erased_streams, verdict.not_compared) == (1, 3, 0, [])
    assert verdict.events > 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
async def test_what_was_changed_is_named_with_its_place(
    case: Callable[[Tampering], Place], tampering: Tampering, verify: Verifying
) -> None:
    assert await verify.kinds(case(tampering))
