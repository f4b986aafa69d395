"""Deciding about notes and reflections: each is its author's, who alone writes it anew and says whose eyes it is for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.errors import ItemUnknown, NotPermitted, VersionConflict
from domain.errors.session import VisibilityInvalid
from domain.event import Event
from domain.glossary import VISIBILITIES, Visibility
from domain.session.commands import RecordReflection, RecordSessionNote
from domain.session.context import SessionContext
from domain.session.decide.table import decide
from domain.session.events import ReflectionRecorded, SessionNoteRecorded
from domain.session.state import SessionState, Written
from domain.values import OfAuthor


@decide.on(RecordSessionNote)
def record_note(state: SessionState, command: RecordSessionNote, context: SessionContext) -> Sequence[Event]:
    visibility = require_visibility(command.visibility, context)
    before = _own(state.notes, command.note_id, "/note_id", context)
    _require_seen(before, command.seen)
    return (
        SessionNoteRecorded(
            note_id=before.id if before else context.ids[0],
            note_version=before.number + 1 if before else 1,
            visibility=visibility,
            text=OfAuthor(command.text),
            replaces=command.seen,
        ),
    )


@decide.on(RecordReflection)
def record_reflection(state: SessionState, command: RecordReflection, context: SessionContext) -> Sequence[Event]:
    visibility = require_visibility(command.visibility, context)
    before = _own(state.reflections, command.reflection_id, "/reflection_id", context)
    _require_seen(before, command.seen)
    return (
        ReflectionRecorded(
            reflection_id=before.id if before else context.ids[0],
            reflection_version=before.number + 1 if before else 1,
            visibility=visibility,
            text=OfAuthor(command.text),
            replaces=command.seen,
        ),
    )


def require_visibility(wanted: str, context: SessionContext) -> Visibility:
    """Shared, or private to who writes: nobody writes what only the other may read, and no third party is ever let in."""
    own: Visibility = "private_client" if context.actor in context.engagement.coached else "private_coach"
    for visibility in VISIBILITIES:
        if wanted == visibility and visibility in ("shared", own):
            return visibility
    raise VisibilityInvalid(pointer="/visibility", known=["shared", own])


def _own(written: Mapping[UUID, Written], id: UUID | None, pointer: str, context: SessionContext) -> Written | None:
    """What is to be written anew; of what is private to somebody else nobody learns that it is there."""
    if id is None:
        return None
    before = written.get(id)
    if before is None or (before.visibility != "shared" and before.author != context.actor):
        raise ItemUnknown(pointer=pointer)
    if before.author != context.actor:
        raise NotPermitted("Only who wrote it can write it anew.", pointer=pointer)
    return before


def _require_seen(before: Written | None, seen: int) -> None:
    set_at = before.set_at if before else 0
    if seen != set_at:
        raise VersionConflict(pointer="/seen", changed_at=set_at)
