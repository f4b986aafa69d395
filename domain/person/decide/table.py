"""The table of the rules of people."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.person.context import PersonContext
from domain.person.state import PersonState

decide: Final[Decide[PersonState, PersonContext]] = Decide()
