"""Mails in the language of who reads them: every part of each, and nothing left over in another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.assessment.feedback import ANONYMITY
from domain.assessment.state import AssessmentState
from domain.glossary import Party
from domain.survey.response import ANONYMITY as PROMISED
from domain.survey.state import SurveyState
from infra.mail import Mail
from services.mail_link.person import Person
from services.wording.language import ENGLISH, GERMAN, Language
from workers.assessment import letter as rater
from workers.emergency import letter as emergency
from workers.mail_link import letter as mail_link
from workers.signature import letter as signature
from workers.survey import letter as survey

AT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
ENGLISH_WORDS = ("Hello", " the ", "may read", "signs you in", " is ", "March", "Sign in", "terms", "What becomes", "You object")


def person(language: Language) -> Person:
    return Person(UUID(int=1), "Zoë", "zoe@example.org", ("client",), "Nordlicht & Co", "nordlicht", ZoneInfo("Europe/Berlin"), language)


def sign_in(language: Language) -> Mail:
    return mail_link.letter(mail_link.Letter(person(language), "https://coaching.example.org/x", AT, "reference", AT))


def asked(language: Language, mails: int = 0) -> Mail:
    state = AssessmentState(language=language.code, anonymity=ANONYMITY, closes_on=date(2026, 3, 20), rater_min_group=3)
    return rater.letter(rater.Letter("Bo", "bo@example.org", "Zoë", "Nordlicht & Co", "https://coaching.example.org/y", state, mails, AT))


def surveyed(language: Language, *, again: bool = False) -> Mail:
    state = SurveyState(anonymity=PROMISED, closes_on=date(2026, 3, 20), min_group=3)
    return survey.letter(
        survey.Letter("Bo", "bo@example.org", language, "Nordlicht & Co", "https://coaching.example.org/z", state, again, AT)
    )


def opened(language: Language, party: Party = "client") -> Mail:
    given = emergency.Letter(
        recipient=person(language),
        party=party,
        client="Zoë",
        asker="Maja",
        approver="Ada",
        reason_code="danger",
        opened_at=AT,
        open_until=AT,
        admins=[person(language)],
        address="https://coaching.example.org",
        reference="reference",
        at=AT,
    )
    return emergency.letter(given)


def wanted(language: Language, party: Party, moment: signature.Moment = "first") -> Mail:
    link = "https://coaching.example.org/engagements/1/agreement"
    return signature.letter(signature.Letter(person(language), party, "Zoë", "Maja", moment, link, "reference", AT))


@pytest.mark.parametrize(
    ("made", "subject", "said"),
    [
        (sign_in, "Ihr Link zur Anmeldung", "bis 23:30 Uhr (Europe/Berlin)"),
        (asked, "Ihre Rückmeldung ist gefragt", "20. März 2026"),
        (lambda language: asked(language, 1), "Zur Erinnerung: Ihre Rückmeldung ist gefragt", "es fehlen noch Antworten"),
        (surveyed, "Eine Frage zum Coaching", "20. März 2026"),
        (lambda language: surveyed(language, again=True), "Zur Erinnerung: eine Frage zum Coaching", "es fehlen noch Antworten"),
        (opened, "Jemand erhielt Zugang in einem Notfall", "1. März 2026, 23:30 Uhr (Europe/Berlin)"),
        (lambda language: opened(language, "coach"), "Jemand erhielt Zugang in einem Notfall", "des Coaching-Plans von Zoë"),
        (lambda language: wanted(language, "client"), "Eine Vereinbarung wartet auf Ihre Unterschrift", "Ihres Coachings"),
        (lambda language: wanted(language, "coach"), "Eine Vereinbarung wartet auf Ihre Unterschrift", "des Coachings von Zoë"),
        (lambda language: wanted(language, "sponsor", "anew"), "Eine Vereinbarung wartet auf Ihre Unterschrift", "das Sie fördern"),
        (
            lambda language: wanted(language, "client", "joining"),
            "Eine Vereinbarung wartet auf Ihre Unterschrift",
            "gehören jetzt zu einer",
        ),
    ],
    ids=[
        *("sign_in", "rater", "rater_again", "survey", "survey_again", "emergency_client", "emergency_coach"),
        *("sign_client", "sign_coach", "sign_sponsor", "sign_member"),
    ],
)
def test_a_mail_is_german_from_its_subject_to_its_last_line(made: Callable[[Language], Mail], subject: str, said: str) -> None:
    mail = made(GERMAN)
    plain = mail.html.replace("<bdi>", "").replace("</bdi>", "")
    assert mail.subject == subject
    assert '<html lang="de">' in mail.html
    for part in (mail.text, plain):
        assert said in part
        assert [word for word in ENGLISH_WORDS if word in part] == []
    other = made(ENGLISH)
    assert '<html lang="en">' in other.html
    assert any(word in other.text for word in ENGLISH_WORDS)


def test_a_name_is_text_in_the_plain_part_and_escaped_in_the_other() -> None:
    mail = sign_in(ENGLISH)
    assert "Nordlicht & Co" in mail.text
    assert "<bdi>Nordlicht &amp; Co</bdi>" in mail.html
