"""The mail in words: that somebody is asked, until when, and what is promised."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.survey.response import DECLARATIONS
from domain.survey.state import SurveyState
from infra.mail import Mail

LOADER: Final = PackageLoader("workers.survey", "template")
TEXT: Final = Environment(loader=LOADER, autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - it is no HTML
HTML: Final = Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class Letter(NamedTuple):
    """What the mail is made from. `link` is the whole address; `again`: it reminds."""

    name: str
    email: str
    organization: str
    link: str
    state: SurveyState
    again: bool
    at: datetime


def letter(given: Letter) -> Mail:
    state = given.state
    shown = {
        **{"name": given.name, "organization": given.organization, "link": given.link, "again": given.again},
        "until": f"{state.closes_on.day} {state.closes_on:%B %Y}",
        "promises": [promise.format(floor=state.min_group) for promise in DECLARATIONS[state.anonymity]],
    }
    return Mail(
        to=given.email,
        to_name=given.name,
        from_name=given.organization,
        subject="A reminder: one question about the coaching" if given.again else "One question about the coaching",
        text=TEXT.get_template("survey.txt").render(shown),
        html=HTML.get_template("survey.html").render(shown),
        reference=hashlib.sha256(given.link.encode()).hexdigest()[:32],
        at=given.at,
    )
