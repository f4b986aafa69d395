"""A language: its messages by their id, and how it writes dates and numbers. Who has none that is here is told in English.

A small table, and no library for it: the months, the days and the decimal sign of two languages are less than what would read them
out of one, and what a mail says stays the same when that is upgraded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from services.wording import english, german

NARROW: Final = "\N{NARROW NO-BREAK SPACE}"


class Language(NamedTuple):
    """`full` and `long` are how a day is written, with and without its weekday; `minute` is how a time of a day is."""

    code: str
    messages: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    full: str
    long: str
    minute: str
    decimal: str

    def say(self, id: str, **values: object) -> str:
        """A message as plain text. Raises `KeyError` for an id, or without a value, that there is none of."""
        return self.messages[id].format(**values)

    def mark(self, id: str, **values: object) -> Markup:
        """The same as HTML: each value is escaped, and set apart in its own direction of writing."""
        apart = {name: value if isinstance(value, Markup) else Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()}
        return Markup(escape(self.messages[id])).format(**apart)  # noqa: S704 - escaped

    def day(self, on: date) -> str:
        """`20 February 2026`."""
        return self.long.format(day=on.day, month=self.months[on.month - 1], year=on.year)

    def weekday(self, on: date) -> str:
        """`Friday, 20 February 2026`."""
        return self.full.format(weekday=self.weekdays[on.weekday()], day=on.day, month=self.months[on.month - 1], year=on.year)

    def instant(self, local: datetime) -> str:
        """A day and a time of it, in the zone that the moment is given in: `20 February 2026, 16:00`."""
        return self.minute.format(day=self.day(local), time=f"{local:%H:%M}")

    def number(self, value: Decimal | int) -> str:
        """All its places, without zeros at the end: `1 200.5`, with the language's own decimal sign."""
        whole, _, places = f"{Decimal(value):,f}".replace(",", NARROW).partition(".")
        kept = places.rstrip("0")
        return (whole + (self.decimal + kept if kept else "")).replace("-", "\N{MINUS SIGN}")


ENGLISH: Final = Language(
    "en",
    english.MESSAGES,
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    full="{weekday}, {day} {month} {year}",
    long="{day} {month} {year}",
    minute="{day}, {time}",
    decimal=".",
)
GERMAN: Final = Language(
    "de",
    german.MESSAGES,
    ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    full="{weekday}, {day}. {month} {year}",
    long="{day}. {month} {year}",
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
