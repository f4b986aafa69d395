"""Every refusal of the domain: the class name in snake case is its slug, the docstring is what a user reads.

Here the ones that any noun may use; a noun's own stand in the file of its name. The HTTP status of each is in
`services/problems.py`.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """The rules do not allow this."""

    def __init__(self, detail: str | None = None, *, pointer: str | None = None, **facts: Any) -> None:
        """`detail` replaces the docstring, `pointer` is the JSON pointer of the field at fault, `facts` go into the answer."""
        super().__init__(detail or type(self).__doc__)
        self.pointer = pointer
        self.facts = facts


class NotFound(Refusal):
    """There is nothing here under that id, or nothing that you may know of."""


class NotPermitted(Refusal):
    """Your role does not allow this. Ask someone whose role does, or an administrator for another role."""


class AlreadyRegistered(Refusal):
    """It is registered already: look for it in its list, and go on with that."""


class VersionConflict(Refusal):
    """Someone else changed this meanwhile: read what it is now, then send the command again with that value."""


class ReasonRequired(Refusal):
    """Say why: give a reason code of the organization's list, or a reason of at least ten characters."""


class OccurredAtOutOfRange(Refusal):
    """The time of what is reported must not lie ahead, nor before the thing it is about was made."""


class PeriodAhead(Refusal):
    """This period has not begun by the last day that counts: choose that day's own, an earlier one, or to_date."""


class ItemUnknown(Refusal):
    """Nothing here has that id: read what the command was sent to for its ids, and check that it was not meant for another one."""


class SubjectErased(Refusal):
    """The person was erased: nothing new can be recorded about them. Name another person."""


class StreamErased(Refusal):
    """This was erased for good: only the proof that it existed is left, and nothing brings it back."""
