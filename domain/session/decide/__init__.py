"""What a session allows, by what a command is about: each module puts its rules into the one table."""

from domain.session.decide import booking, outcome, protocol, writing
from domain.session.decide.table import decide

__all__ = ["booking", "decide", "outcome", "protocol", "writing"]
