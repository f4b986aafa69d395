"""The mail in words: that somebody asks for feedback, until when, and what is promised; no name in the subject, which a locked screen shows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.assessment.feedback import DECLARATIONS
from domain.assessment.state import AssessmentState
from infra.mail import Mail

LOADER: Final = PackageLoader("workers.assessment", "template")
TEXT: Final = Environment(loader=LOADER, autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - it is no HTML
HTML: Final = Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


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
    promises = DECLARATIONS[state.anonymity] if state.anonymity is not None else ()
    shown = {
        **{"name": given.name, "client": given.client, "organization": given.organization, "link": given.link, "again": given.mails > 0},
        "until": f"{state.closes_on.day} {state.closes_on:%B %Y}",
        "promises": [promise.format(floor=state.rater_min_group) for promise in promises],
    }
    return Mail(
        to=given.email,
        to_name=given.name,
        from_name=given.organization,
        subject="A reminder: your feedback is asked for" if given.mails else "Your feedback is asked for",
        text=TEXT.get_template("rater.txt").render(shown),
        html=HTML.get_template("rater.html").render(shown),
        reference=hashlib.sha256(given.link.encode()).hexdigest()[:32],
        at=given.at,
    )
