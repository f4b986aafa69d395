"""Which of a program's terms a revision is about."""

from __future__ import annotations

from domain.program.events import Revision


def field_of(revision: Revision) -> str:
    """The field of the program that it sets, which is its tag."""
    return str(revision.__struct_config__.tag)
