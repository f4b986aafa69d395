"""Locales: language tags in one form, whoever writes them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.errors.organization import LocaleUnknown
from domain.person.commands import ChangePersonProfile, RegisterPerson
from domain.rules import require_locale
from tests.domain.spec import given
from tests.domain.test_organization import REGISTER
from tests.domain.test_organization import REGISTERED as FIRM
from tests.domain.test_organization import context as organizing
from tests.domain.test_person import REGISTERED, context

PERSON = RegisterPerson(name="Ada Lovelace", email="Ada@Example.org", locale="de_AT", time_zone="Europe/London")


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        *(("de", "de"), ("de-DE", "de-de"), ("de_AT", "de-at"), ("zh-Hant-TW", "zh-hant-tw"), ("es-419", "es-419")),
        *(("sl-rozaj-biske-1994", "sl-rozaj-biske-1994"), (" EN ", "en"), ("gsw-CH", "gsw-ch")),
    ],
)
def test_a_language_tag_is_kept_in_one_form(tag: str, kept: str) -> None:
    assert require_locale(tag) == kept


def test_persons_and_organizations_keep_it_in_that_form() -> None:
    given().when(PERSON, context()).then(replace(REGISTERED, locale="de-at"))
    given().when(replace(REGISTER, locale="de-DE"), organizing()).then(replace(FIRM, locale="de-de"))
    (event,) = given(REGISTERED).when(ChangePersonProfile(seen=1, locale="pt-BR"), context()).events()
    assert event.locale == "pt-br"


@pytest.mark.parametrize("tag", ["german", "d", "de--DE", "de-DE-", "de DE", "1e", "Deutsch", "de-\u00d6", "de.utf8", "en@euro"])
def test_refuses_what_is_no_language_tag(tag: str) -> None:
    given().when(replace(PERSON, locale=tag), context()).then_refused(LocaleUnknown, "/locale")
    given().when(replace(REGISTER, locale=tag), organizing()).then_refused(LocaleUnknown, "/locale")
    given(REGISTERED).when(ChangePersonProfile(seen=1, locale=tag), context()).then_refused(LocaleUnknown, "/locale")
