"""What may be refused about a session."""

from domain.errors import Refusal


class CoachUnavailable(Refusal):
    """The coach has another session at that time: choose another."""


class SessionNumberTaken(Refusal):
    """Another session of the engagement was booked at this moment: send the command again."""


class SessionAllocationExhausted(Refusal):
    """All sessions of the agreement are held or booked: cancel one that lies ahead, or agree on more."""


class SessionClosed(Refusal):
    """The session was completed, missed or called off: book another one."""


class SessionBegun(Refusal):
    """The session has begun by now: complete it, or record who did not come."""


class StartsInPast(Refusal):
    """A session is booked ahead: choose a time that is still to come. If it took place and was never booked, say why in `reason`."""


class StartsTooFar(Refusal):
    """A session begins before the year 3000: check the date."""


class NotInSeries(Refusal):
    """This session stands alone: leave `rest` out, which is for what follows in a series."""


class StrategyNotMeeting(Refusal):
    """Only a strategy of meetings that is in force is carried out by sessions: name one of those, or none."""


class TimeUneven(Refusal):
    """Sessions begin on five minutes of the clock: 9:00 or 9:05, and not 9:03."""


class SessionNotBegun(Refusal):
    """The session has not begun by then: move it first, if it was held earlier than it was booked."""


class MinutesOutOfRange(Refusal):
    """A session takes 480 minutes at most: record what goes beyond as another one."""


class HeadCountInvalid(Refusal):
    """One person is coached in a session, unless the engagement is that of a group or a team."""


class VisibilityInvalid(Refusal):
    """Choose shared, or private_coach as the coach, or private_client as the client: nobody else can be let in."""


class NotAttended(Refusal):
    """Only a session that took place can be rated, and its time corrected: complete it first."""


class AlreadyRated(Refusal):
    """The session was rated by this instrument already: rate it by another."""


class AttendeeUnknown(Refusal):
    """Name those who were coached in the engagement on that day: its client, and of a group its members."""


class NotThere(Refusal):
    """Those who were there rate a session: ask its coach, if it was told wrongly who came."""


class LogExported(Refusal):
    """A log for a credential that was handed in holds this session: send counter-session-time, which leaves that log as it is."""


class LogNotExported(Refusal):
    """No log that was handed in holds this session: send correct-session-time."""
