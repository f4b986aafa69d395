"""The digest in words: a subject that gives nothing away on a locked screen, a plain and an HTML part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined

from infra.mail import Mail
from workers.reminder.truth import Item

TEMPLATES: Final = {
    "text": Environment(
        loader=PackageLoader("workers.reminder", "template"),
        autoescape=False,  # noqa: S701 - it is no HTML
        undefined=StrictUndefined,
        trim_blocks=True,
    ),
    "html": Environment(
        loader=PackageLoader("workers.reminder", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ),
}
"""Plain text is not escaped: it would be shown with the escapes in it."""


class Letter(NamedTuple):
    """What a digest is made from. `plans` are the plans of its engagements, `address` where people find the pages."""

    to: str
    name: str | None
    organization: str
    address: str
    reference: str
    at: datetime
    items: Sequence[Item]
    plans: dict[UUID, UUID | None]


class Line(NamedTuple):
    """One reminder: what it is about, whose coaching that belongs to, where it is shown, and what that link opens."""

    sentence: str
    title: str
    client: str
    link: str
    opens: str


def letter(given: Letter) -> Mail:
    lines = [line(item, given) for item in given.items]
    shown: dict[str, Any] = {"name": given.name, "organization": given.organization, "lines": lines, "address": given.address}
    return Mail(
        to=given.to,
        to_name=given.name or "",
        from_name=given.organization,
        subject="1 reminder" if len(lines) == 1 else f"{len(lines)} reminders",
        text=TEMPLATES["text"].get_template("digest.txt").render(shown),
        html=TEMPLATES["html"].get_template("digest.html").render(shown),
        reference=given.reference,
        at=given.at,
    )


def line(item: Item, given: Letter) -> Line:
    """With a link to the plan for its parties, while there is one; else to where everybody begins."""
    plan = given.plans[item.firing.engagement_id] if item.party is not None else None
    link, opens = (f"{given.address}/plans/{plan}", "Open the plan") if plan is not None else (given.address, "Open Throughline")
    return Line(SENTENCES[item.firing.key.rule](item), item.title or "", item.client or "", link, opens)


def agreement_unsigned(item: Item) -> str:
    return "The coaching agreement waits for your signature."


def alignment_due(item: Item) -> str:
    return f"A meeting of client, coach and sponsor to align on the coaching {due(item)}."


def engagement_overdue(item: Item) -> str:
    return f"A coaching was planned to end on {day(item)}, and is still open: have it completed, or ended early."


def action_due(item: Item) -> str:
    return f"An action of yours {due(item)}."


def milestone_due(item: Item) -> str:
    return f"A milestone {due(item)}."


def review_due(item: Item) -> str:
    return f"The review of the plan {due(item)}."


def evaluation_due(item: Item) -> str:
    return f"Your evaluation of the coaching {due(item)}."


def objective_unmeasured(item: Item) -> str:
    return f"An objective has had no new value since {day(item)}."


def objective_drifting(item: Item) -> str:
    return "An objective drifts: it was put off again, or the confidence in it fell. A review would help."


def small_win(item: Item) -> str:
    return "Well done! This is worth being acknowledged."


def session_ahead(item: Item) -> str:
    starts_at = datetime.strptime(item.firing.key.anchor, "%Y-%m-%dt%H.%Mz").replace(tzinfo=UTC).astimezone(item.zone)
    return f"A coaching session begins on {spelt(starts_at.date())} at {starts_at:%H:%M} ({item.zone.key})."


def session_missing(item: Item) -> str:
    return "No next coaching session is booked. Find a time together."


def rating_low(item: Item) -> str:
    return "How a session was rated asks to be talked about: look at the rating, and speak about how you work together."


def due(item: Item) -> str:
    return f"{'was' if item.firing.key.offset_days > 0 else 'is'} due on {day(item)}"


def day(item: Item) -> str:
    return spelt(date.fromisoformat(item.firing.key.anchor))


def spelt(on: date) -> str:
    return f"{on:%A}, {on.day} {on:%B %Y}"


SENTENCES: Final[dict[str, Callable[[Item], str]]] = {
    rule.__name__: rule
    for rule in (
        agreement_unsigned,
        alignment_due,
        engagement_overdue,
        action_due,
        milestone_due,
        review_due,
        evaluation_due,
        objective_unmeasured,
        objective_drifting,
        small_win,
        session_ahead,
        session_missing,
        rating_low,
    )
}
"""By the rule's code."""
