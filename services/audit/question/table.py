"""The questions of an audit. Their addresses, their commands, their page and their documentation are made from this table."""

from __future__ import annotations

from typing import Final, NamedTuple

from services.audit.question.access import improper_reads, seen_by_others
from services.audit.question.agreement import signed_content
from services.audit.question.delivered import delivered_hours
from services.audit.question.erasure import erasures
from services.audit.question.evaluation import promised_evaluations
from services.audit.question.force import agreement_in_force
from services.audit.question.handover import coach_change
from services.audit.question.history import altered_history
from services.audit.question.inquiry import Find, each
from services.audit.question.known import changes_between, known_and_said
from services.audit.question.milestone import milestone_moves
from services.audit.question.part import client_part
from services.audit.question.reminder import reminder_effect
from services.audit.question.reproduction import reproducible_report
from services.audit.question.small_group import small_groups
from services.audit.question.stall import stalled_objectives
from services.audit.question.target import lowered_targets

ENGAGED: Final = ("plan", "engagement", "program", "person")
"""What questions are about that are asked of one engagement after the other."""


class Question(NamedTuple):
    """A question. `about` are the nouns whose id it takes, `parameters` the moments that it takes beside it.

    `find` is None where `waits_for` says what has to be built before it can be answered.
    """

    number: int
    slug: str
    text: str
    asked_by: str
    evidence: str
    find: Find | None = None
    about: tuple[str, ...] = ENGAGED
    needs_about: bool = False
    parameters: tuple[str, ...] = ()
    waits_for: str | None = None

    @property
    def action(self) -> str:
        """What the policy calls it."""
        return f"ask_{self.slug.replace('-', '_')}"

    @property
    def path(self) -> str:
        return f"/v1/audit/{self.slug}"


QUESTIONS: Final = (
    Question(
        1,
        "signed-content",
        "What did the plan and the agreement say on the day they were signed?",
        "auditor, HR",
        "Each approval and signature, with the content digest that was signed and the one that is recomputed from the events up to there.",
        each(signed_content),
    ),
    Question(
        2,
        "milestone-moves",
        "Who moved a milestone, how often, by how much, why, and whose wish was it?",
        "HR, coach",
        "Each milestone that was set, moved or withdrawn, with its dates, actor, initiator, reason and channel.",
        each(milestone_moves),
    ),
    Question(
        3,
        "known-and-said",
        "What was known on a day, as opposed to what is now said to have happened by then?",
        "auditor",
        "Of a plan, with a day: what differs between what was recorded and what is dated up to it. Else what was recorded over a day late.",
        known_and_said,
        parameters=("at",),
    ),
    Question(
        4,
        "lowered-targets",
        "Was a target lowered after results came in?",
        "sponsor",
        "Each change of a target or a measure, with the last value that was measured before it, and the pace at that moment.",
        each(lowered_targets),
    ),
    Question(
        5,
        "client-part",
        "Did the client take part in each change?",
        "ICF or EMCC audit",
        "Each change of a plan in force with its actor, and the client's approvals and acceptances; changes that wait for over 14 days.",
        each(client_part),
    ),
    Question(
        6,
        "agreement-in-force",
        "Was the agreement in force at a moment, and when each session was held, and with which terms?",
        "ethics board",
        "The versions of the agreement, with each signature and its time; when it was agreed anew; the first day of the coaching; each session that was held.",
        each(agreement_in_force),
        parameters=("at",),
    ),
    Question(
        7,
        "seen-by-others",
        "What could others see of a person on a day, and what were they shown?",
        "client, data protection officer",
        "Consents as of the day, each reading that was noted up to it, and reports by their SHA-256.",
        seen_by_others,
        about=("person",),
        needs_about=True,
        parameters=("at",),
    ),
    Question(
        8,
        "reproducible-report",
        "Are the indicators of a published report reproducible?",
        "auditor",
        "The SHA-256 of its file, and each indicator recomputed from the log up to its position, with whom it counts; compared with the file "
        "where that is JSON or CSV. A PDF has rounded numbers, which are not compared: do it by eye.",
        reproducible_report,
        about=("report", "program"),
    ),
    Question(
        9,
        "small-groups",
        "Were small groups protected?",
        "works council",
        "Each cell that sponsors were told, the people whom it counts, what was held back and why, and the same cell of earlier reports.",
        small_groups,
        about=("report", "program"),
    ),
    Question(
        10,
        "improper-reads",
        "Did anybody read what was not for them?",
        "client",
        "Each reading that was noted with words in it, or, of a sponsor, with more than the client's consent of that moment.",
        improper_reads,
    ),
    Question(
        11,
        "altered-history",
        "Has history been altered?",
        "auditor",
        "Order and SHA-256 of every payload, derived anew, and each correction with both values. `throughline verify` checks more, and proofs come later.",
        altered_history,
    ),
    Question(
        12,
        "promised-evaluations",
        "Were evaluations done when they were promised, on which version of the plan, and by whom?",
        "sponsor",
        "Each evaluation that was scheduled, with each that was recorded for it, when, and when it was written down.",
        each(promised_evaluations),
    ),
    Question(
        13,
        "coach-change",
        "What happened when the coach changed: what was handed over, and with whose consent?",
        "client, firm",
        "Each change with its scope and reason, the client's own consent to hand over notes, how many texts went over and how many stayed "
        "withheld, the sessions that were called off, and whatever a coach did who had left.",
        each(coach_change),
    ),
    Question(
        14,
        "delivered-hours",
        "How many hours did a coach deliver, paid and pro bono, and what backs them?",
        "ICF",
        "Each session that was held, every correction of its time, and whether a client consents to be listed; the sum for each coach.",
        delivered_hours,
    ),
    Question(
        15,
        "erasure",
        "Was an erasure carried out fully and on time, and was anything held back lawfully?",
        "data protection officer",
        "The request, the destruction of keys, the read models that were purged, and legal holds.",
        erasures,
        about=("person",),
    ),
    Question(
        16,
        "reminder-effect",
        "Which reminders went out, to whom, and did they change anything?",
        "program manager",
        "Each reminder that was sent, with the next event about its subject within 72 hours.",
        each(reminder_effect),
    ),
    Question(
        17,
        "stalled-objectives",
        "Which objectives stood still, and nobody did anything about it?",
        "quality lead",
        "Each time of over 30 days without an event about an objective of a plan in force, with the reminders and reviews in it.",
        each(stalled_objectives),
    ),
    Question(
        18,
        "changes-between",
        "What changed between two moments, in one page?",
        "anyone",
        "Each difference of the plan and its engagement, with the events behind it.",
        changes_between,
        about=("plan",),
        needs_about=True,
        parameters=("from", "to"),
    ),
)
"""In the order of their numbers."""

BY_SLUG: Final = {question.slug: question for question in QUESTIONS}
