"""What a decision about a needs assessment may know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from domain.assessment.feedback import Feedback
from domain.context import Context, EngagementFacts
from domain.questionnaire import LicensedInstrument


class Nominee(NamedTuple):
    """Who has the address that somebody is nominated by: a rater of this assessment, or else a person of the organization."""

    rater_id: UUID | None
    person_id: UUID | None


class AssessmentContext(Context, frozen=True, kw_only=True):
    """The engagement whose client's needs are asked for, and what the command at hand needs.

    `instruments` are those that the organization brings; `nominee` is who has the address of a nomination; `answered` how many raters' answers wait; `feedback` the answers themselves, in
    random order, and once they are closed those of the log; `own` the client's; `reminders` the mails that reminded raters; `salt`
    is a secret of this one report; `session_ids` are the engagement's sessions.
    """

    engagement: EngagementFacts
    instruments: Mapping[str, LicensedInstrument] = {}
    nominee: Nominee = Nominee(None, None)
    answered: int = 0
    feedback: tuple[Feedback, ...] = ()
    own: Mapping[str, int] = {}
    reminders: int = 0
    salt: str = ""
    session_ids: frozenset[UUID] = frozenset()
