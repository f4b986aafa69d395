"""All sentences of pages in German. Each stands in one file only; those of several pages in `frame`."""

from __future__ import annotations

from typing import Final

from services.wording.page import (
    access,
    agreement,
    assessment,
    attainment,
    barrier,
    coaching,
    code,
    course,
    difference,
    engagement,
    evaluation,
    event,
    fault,
    frame,
    hours,
    indicator,
    ledger,
    plan,
    planning,
    program,
    refusal,
    report,
    sentence,
    session,
    sheet,
)

SUBJECTS: Final = (
    *(frame, code, event, sentence, coaching, difference, engagement, course, agreement, attainment),
    *(plan, planning, session, assessment, evaluation, access, refusal, barrier, fault, hours, report, indicator, sheet, ledger, program),
)
PARTS: Final = tuple(subject.GERMAN for subject in SUBJECTS)
SENTENCES: Final[dict[str, str]] = {english: german for part in PARTS for english, german in part.items()}
