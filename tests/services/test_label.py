"""Labels over HTTP: who names a cohort, a unit or a source in words of their own, and who reads them."""

from __future__ import annotations

from typing import Any

from tests.services.firm import LATER, Firm

WITHHELD = {"withheld": True}
MEASURE = {"name": "Talks held", "kind": "numeric", "unit": "Gespräche", "direction": "increase", "source": "Frau Müller"}
OBJECTIVE = {
    **{"title": "Hold a talk with each of the team every week", "why": "They ask for it", "due_on": LATER, "confidence": 7},
    **{"measure": MEASURE, "baseline": {"value": "2", "at": "2026-01-02", "source": "Büro Süd"}, "target": "12"},
}


async def named(firm: Firm, who: str) -> list[Any]:
    """Unit, source and the baseline's source, and why one of them is not told."""
    found = await firm.seen(who, f"/v1/plans/{firm.ids['plan']}")
    [one] = [one for one in found["objectives"] if one["id"] == firm.ids["talks"]]
    measure, baseline = one["measure"], one["baseline"]
    return [measure["unit"], measure["source"], measure.get("hidden"), baseline["source"], baseline.get("hidden")]


async def test_a_label_in_words_is_for_those_who_read_the_words_of_the_plan(planned: Firm) -> None:
    plan = f"/v1/plans/{planned.ids['plan']}"
    planned.ids["talks"] = (await planned.done("client", f"{plan}/define-objective", OBJECTIVE))["item_id"]
    for who in ("client", "coach"):
        assert await named(planned, who) == ["Gespräche", "Frau Müller", None, "Büro Süd", None]
    assert await named(planned, "program_manager") == [None, None, WITHHELD, None, WITHHELD]
    for who in ("program_manager", "auditor"):
        told = await planned.seen(who, f"{plan}/timeline")
        assert not any(word in str(told) for word in ("Gespräche", "Müller", "Süd"))
        assert "calendar" in str(told) or "percent" in str(told) or "count" in str(told)


async def test_what_is_no_label_is_refused_with_its_place(planned: Firm) -> None:
    plan = f"/v1/plans/{planned.ids['plan']}"
    wrong = OBJECTIVE | {"measure": MEASURE | {"unit": "talks\u202e"}, "baseline": OBJECTIVE["baseline"] | {"source": " "}}
    refused = await planned.post("client", f"{plan}/define-objective", wrong)
    assert refused.status_code == 400
    told = {one["pointer"]: one["detail"] for one in refused.json()["errors"]}
    assert told.keys() == {"/measure/unit", "/baseline/source"}
    assert "a short name of one line, in any script" in told["/measure/unit"]


async def test_a_cohort_is_named_in_any_script_and_found_by_its_name(engaged: Firm) -> None:
    program = f"/v1/programs/{engaged.ids['program']}"
    for who, cohort in (("early", "Frühjahr 2027"), ("second", "frühjahr  2027"), ("late", "Herbst")):
        await engaged.enter(who, "client")
        await engaged.done("program_manager", f"{program}/enrol-participant", {"client_id": engaged.ids[who], "cohort": cohort})
    for asked in ("Fr%C3%BChjahr%202027", "FR%C3%9CHJAHR+2027"):
        found = (await engaged.seen("program_manager", f"{program}/participants?cohort={asked}"))["items"]
        assert [(one["id"], one["cohort"]) for one in found] == [(engaged.ids[who], "Frühjahr 2027") for who in ("early", "second")]


async def test_a_locale_is_a_language_tag(engaged: Firm) -> None:
    person = f"/v1/people/{engaged.ids['client']}"
    seen = (await engaged.seen("admin", person))["profile_version"]
    wrong = await engaged.post("admin", f"{person}/change-person-profile", {"seen": seen, "locale": "Deutsch"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["errors"][0]["pointer"]) == (422, "locale_unknown", "/locale")
    await engaged.done("admin", f"{person}/change-person-profile", {"seen": seen, "locale": "de_AT"})
    assert (await engaged.seen("admin", person))["locale"] == "de-at"
