"""The digest in words of its recipient's language: a subject that gives nothing away on a locked screen, a plain and an HTML part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from domain.claims import reminder
from infra.mail import Mail
from services.wording.language import Language
from workers.reminder.truth import Item
from workers.writing import written


class Letter(NamedTuple):
    """What a digest is made from. `plans` are the plans of its engagements, `address` where people find the pages, and `acts` the
    paths of the links by which a reminder is answered without signing in, by what makes it the same one."""

    to: str
    name: str | None
    organization: str
    address: str
    reference: str
    at: datetime
    items: Sequence[Item]
    plans: Mapping[UUID, UUID | None]
    acts: Mapping[str, str]
    language: Language


class Line(NamedTuple):
    """One reminder: what it is about, whose coaching that belongs to, where it is shown, and what that link opens.

    `act` is the link by which it is answered at once, `does` what that is called; both empty where there is none.
    """

    sentence: str
    title: str
    client: str
    link: str
    opens: str
    act: str
    does: str


def letter(given: Letter) -> Mail:
    language = given.language
    lines = [line(item, given) for item in given.items]
    parts = written("reminder/template/digest", language, name=given.name, organization=given.organization, lines=lines)
    return Mail(
        to=given.to,
        to_name=given.name or "",
        from_name=given.organization,
        subject=language.say("digest.one") if len(lines) == 1 else language.say("digest.many", count=len(lines)),
        text=parts.text,
        html=parts.html,
        reference=given.reference,
        at=given.at,
    )


def line(item: Item, given: Letter) -> Line:
    say, key = given.language.say, item.firing.key
    path, opens = shown_at(item, given.plans)
    link, opens = given.address + path, say(opens)
    path = given.acts.get(reminder(key), "")
    act, does = (given.address + path, say(f"act.{key.rule}")) if path else ("", "")
    return Line(sentence(item, given.language), item.title or "", item.client or "", link, opens, act, does)


def shown_at(item: Item, plans: Mapping[UUID, UUID | None]) -> tuple[str, str]:
    """The path of the page that it is about, and the message that says what is opened: what waits to be answered or signed; for the
    parties the plan, or while there is none the coaching; else where everybody begins."""
    key = item.firing.key
    if key.rule == "self_assessment_due":
        return f"/assessments/{key.subject_id}/answers", "digest.open_assessment"
    engagement = item.firing.engagement_id
    if engagement is None:
        return "/hours" if key.rule in ("credential_expiring", "supervision_due") else f"/people/{key.subject_id}", "mail.open"
    if key.rule == "agreement_unsigned":
        return f"/engagements/{engagement}/agreement", "signature.button"
    if key.rule == "consent_expiring":
        return f"/engagements/{engagement}", "mail.open"
    if item.party is None:
        return "", "mail.open"
    plan = plans[engagement]
    return (f"/engagements/{engagement}", "mail.open") if plan is None else (f"/plans/{plan}", "digest.open_plan")


def sentence(item: Item, language: Language) -> str:
    """What is due, by its kind and its day."""
    key = item.firing.key
    id = f"reminder.{key.rule}"
    if key.rule == "session_ahead":
        starts_at = datetime.strptime(key.anchor, "%Y-%m-%dt%H.%Mz").replace(tzinfo=UTC).astimezone(item.zone)
        return language.say(id, day=language.weekday(starts_at.date()), time=f"{starts_at:%H:%M}", zone=item.zone.key)
    if key.rule == "credential_expiring":
        body, _, day = key.anchor.partition(".")
        return language.say(id, body=body.upper(), day=language.weekday(date.fromisoformat(day)))
    if key.rule in UNDATED:
        return language.say(id)
    is_past = key.offset_days > 0 and f"{id}.past" in language.messages
    return language.say(f"{id}.past" if is_past else id, day=language.weekday(date.fromisoformat(key.anchor)))


UNDATED: Final = frozenset({"agreement_unsigned", "objective_drifting", "small_win", "session_missing", "rating_low"})
"""Rules of which the mail names no day: they hang on an event, or on one that says nothing to the reader."""
