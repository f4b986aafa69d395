"""The table of the rules of sessions."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.session.context import SessionContext
from domain.session.state import SessionState

decide: Final[Decide[SessionState, SessionContext]] = Decide()
