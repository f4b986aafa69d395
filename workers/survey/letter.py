"""The mail in words of who is asked: that they are, until when, and what is promised."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from domain.survey.state import SurveyState
from infra.mail import Mail
from services.wording.language import Language
from services.wording.survey import promised
from workers.writing import written


class Letter(NamedTuple):
    """What the mail is made from. `link` is the whole address; `again`: it reminds."""

    name: str
    email: str
    language: Language
    organization: str
    link: str
    state: SurveyState
    again: bool
    at: datetime


def letter(given: Letter) -> Mail:
    state, language = given.state, given.language
    shown = {
        **{"name": given.name, "organization": given.organization, "link": given.link, "again": given.again},
        "until": language.day(state.closes_on),
        "promises": [language.say(promise, floor=state.min_group) for promise in promised(state)],
    }
    parts = written("survey/template/survey", language, **shown)
    return Mail(
        to=given.email,
        to_name=given.name,
        from_name=given.organization,
        subject=language.say("survey.again.title" if given.again else "survey.title"),
        text=parts.text,
        html=parts.html,
        reference=hashlib.sha256(given.link.encode()).hexdigest()[:32],
        at=given.at,
    )
