"""The mail in the words of the assessment's language: that somebody asks for feedback, until when, and what is promised; no name in the subject, which a locked screen shows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from domain.assessment.state import AssessmentState
from infra.mail import Mail
from services.wording.language import language_of
from services.wording.rater import promised
from workers.writing import written


class Letter(NamedTuple):
    """What the mail is made from. `link` is the whole address, `mails` how many the rater was sent before."""

    name: str
    email: str
    client: str
    organization: str
    link: str
    state: AssessmentState
    mails: int
    at: datetime


def letter(given: Letter) -> Mail:
    state = given.state
    language = language_of(state.language)
    shown = {
        **{"name": given.name, "client": given.client, "organization": given.organization, "link": given.link, "again": given.mails > 0},
        "until": language.day(state.closes_on),
        "promises": [language.say(promise, floor=state.rater_min_group) for promise in promised(state)],
    }
    parts = written("assessment/template/rater", language, **shown)
    return Mail(
        to=given.email,
        to_name=given.name,
        from_name=given.organization,
        subject=language.say("rater.again.title" if given.mails else "rater.title"),
        text=parts.text,
        html=parts.html,
        reference=hashlib.sha256(given.link.encode()).hexdigest()[:32],
        at=given.at,
    )
