"""Who is coached together with others, and what holds among them.

A group or team has one agreement, one plan and one row of sessions. Its first client acts for it where one has to: they approve
and change the plan, answer assessments and exercises, and end the coaching. A member, who came beside them, reads what the group
shares (the agreement, the plan, the sessions with their shared notes) and does what is their own: they sign, consent, rate a session
that they came to, write reflections, say how far the group has come, promise and complete what they do themselves, and say what they
think of the plan, which the coach reads and may bring in.

- Everybody who is coached signs. Terms are put down for those who are there then, and rule when each of them has signed who still
  is. Who joins later signs the terms that rule, and until then reads nothing but the engagement with those terms: they promise the
  others confidence before they learn what it is about.
- Nobody who is coached in a group ever reads another's own words: a rating, a private note or reflection, a comment with a number, a
  reason. They are sealed with the key of whoever wrote them, and not with the group's, so that they go when that person is
  erased. What is the group's (objectives, milestones, actions, what a session was agreed to be about) outlasts each of them.
- Consent is each one's own, and the narrowest wins (`domain/engagement/consent.py`).
- Who leaves reads nothing more from that moment on. What they wrote stays, sealed to them, for their coach.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct


class Member(Struct, frozen=True, kw_only=True):
    """Somebody of a group or team beside its first client; `left_on` once they are none any more."""

    client_id: UUID
    joined_on: date
    left_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether they were coached here on that day; on the day on which they left they were not any more."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether they were coached here on one of these days at least."""
        begins = max(first, self.joined_on)
        return begins <= last and (self.left_on is None or begins < self.left_on)
