"""What may be refused about a session."""

from domain.errors import Refusal


class CoachUnavailable(Refusal):
    """The coach has another session at that time: choose another."""


class SessionNumberTaken(Refusal):
    """Another session of the engagement was booked at this moment: send the command again."""


class SessionAllocationExhausted(Refusal):
    """All sessions of the agreement are held or booked: cancel one that lies ahead, or agree on more."""


class SessionClosed(Refusal):
    """The session was completed, missed or called off."""


class SessionBegun(Refusal):
    """The session has begun by now: complete it, or record who did not come."""


class StartsInPast(Refusal):
    """A session is booked ahead: choose a time that is still to come."""


class TimeUneven(Refusal):
    """Sessions begin on five minutes of the clock: 9:00 or 9:05, and not 9:03."""
