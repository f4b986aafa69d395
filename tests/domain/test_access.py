"""What is noted of an access."""

from __future__ import annotations

from domain.access.commands import AccessRecord, ReadingBody
from domain.access.context import AccessContext
from domain.access.events import RecordAccessed
from domain.values import NIL
from tests.domain.spec import CLIENT, folded, given, known, uuid

SPONSOR, PLAN = uuid(70), uuid(30)
CONTEXT = AccessContext(**known(actor=NIL, role="worker"))
ONE = ReadingBody(
    reader_id=SPONSOR, role="sponsor", action="read_plan", record_id=PLAN, subject_id=CLIENT, classes=("names", "progress"), purpose="role"
)
LIST = ReadingBody(
    reader_id=SPONSOR, role="sponsor", action="list_plans", record_id=None, subject_id=CLIENT, classes=("names",), purpose="role"
)


def noted(reading: ReadingBody) -> RecordAccessed:
    return RecordAccessed(**{name: getattr(reading, name) for name in reading.__struct_fields__})


def test_every_reading_is_an_event() -> None:
    given().when(AccessRecord(readings=(ONE, LIST)), CONTEXT).then(noted(ONE), noted(LIST))


def test_a_stream_counts_its_readings() -> None:
    assert folded("access", [noted(ONE), noted(LIST)]).readings == 2
