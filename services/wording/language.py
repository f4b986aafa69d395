"""A language: what it says, and how it writes dates and numbers. Who has none that is here is told in English.

A message that a code chooses has an id, such as `reminder.action_due`, in every language. A sentence that stands where it is said,
as those of pages do, is its own id: its English, in which places to fill in stand in braces, too.

A small table, and no library for it: the months, the days and the decimal sign of two languages are less than what would read them
out of one, and what a mail says stays the same when that is upgraded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from services.wording import english, german
from services.wording.page.german import SENTENCES

NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
ID: Final = re.compile(r"[a-z0-9_@]+(\.[a-z0-9_@]+)+")
"""What no sentence looks like."""


class Language(NamedTuple):
    """`messages` are by id, `sentences` by their English. `full` and `long` are how a day is written, with and without its weekday, and
    `brief` with a short month; `minute` is how a time of a day is.
    """

    code: str
    messages: Mapping[str, str]
    sentences: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    full: str
    long: str
    brief: str
    minute: str
    decimal: str

    def told(self, id: str) -> str:
        """A message, or a sentence; one that is not here in its English. Raises `KeyError` for an id that there is none of."""
        return self.messages[id] if ID.fullmatch(id) else self.sentences.get(id, id)

    def say(self, id: str, **values: object) -> str:
        """A message or a sentence as plain text. Raises `KeyError` for an id, or without a value, that there is none of."""
        return self.told(id).format(**values)

    def mark(self, id: str, **values: object) -> Markup:
        """The same as HTML: each text is escaped, and set apart in its own direction of writing."""
        apart = {
            name: value if isinstance(value, Markup | int) else Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()
        }
        return Markup(escape(self.told(id))).format(**apart)  # noqa: S704 - escaped

    def word(self, english: str) -> str:
        """What a code or a unit is called inside a sentence; one that is not here in its English."""
        return self.sentences.get(english, english)

    def day(self, on: date) -> str:
        """`20 February 2026`."""
        return self.long.format(day=on.day, month=self.months[on.month - 1], year=on.year)

    def weekday(self, on: date) -> str:
        """`Friday, 20 February 2026`."""
        return self.full.format(weekday=self.weekdays[on.weekday()], day=on.day, month=self.months[on.month - 1], year=on.year)

    def brief_day(self, on: date) -> str:
        """`20 Feb 2026`."""
        return self.brief.format(day=on.day, month=self.short_months[on.month - 1], year=on.year)

    def instant(self, local: datetime) -> str:
        """A day and a time of it, in the zone that the moment is given in: `20 February 2026, 16:00`."""
        return self.minute.format(day=self.day(local), time=f"{local:%H:%M}")

    def brief_instant(self, local: datetime) -> str:
        """`20 Feb 2026, 16:00`."""
        return f"{self.brief_day(local)}, {local:%H:%M}"

    def month(self, on: date) -> str:
        """`February 2026`."""
        return f"{self.months[on.month - 1]} {on.year}"

    def brief_month(self, on: date) -> str:
        """`Feb 26`."""
        return f"{self.short_months[on.month - 1]} {on:%y}"

    def number(self, value: Decimal | int) -> str:
        """All its places, without zeros at the end: `1 200.5`, with the language's own decimal sign."""
        whole, _, places = f"{Decimal(value):,f}".replace(",", NARROW).partition(".")
        kept = places.rstrip("0")
        return (whole + (self.decimal + kept if kept else "")).replace("-", "\N{MINUS SIGN}")


ENGLISH: Final = Language(
    "en",
    english.MESSAGES,
    {},
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    full="{weekday}, {day} {month} {year}",
    long="{day} {month} {year}",
    brief="{day} {month} {year}",
    minute="{day}, {time}",
    decimal=".",
)
GERMAN: Final = Language(
    "de",
    german.MESSAGES,
    SENTENCES,
    ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    full="{weekday}, {day}. {month} {year}",
    long="{day}. {month} {year}",
    brief="{day}. {month} {year}",
    minute="{day}, {time} Uhr",
    decimal=",",
)
LANGUAGES: Final[Mapping[str, Language]] = {language.code: language for language in (ENGLISH, GERMAN)}


def language_asked(header: str) -> Language:
    """The first that a browser asks for (`Accept-Language`), for who is not known."""
    return language_of(header.partition(",")[0].partition(";")[0].strip())


def language_of(*locales: str | None) -> Language:
    """That of the first locale that is given, such as a person's and then their organization's: `de-at` is German, and what is not
    here English. A person who asked for another language than the organization's is not told in that instead."""
    told = next((locale for locale in locales if locale), "en")
    return LANGUAGES.get(told.replace("_", "-").partition("-")[0].lower(), ENGLISH)
