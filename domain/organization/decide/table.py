"""The table that the other files of this package fill."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.organization.context import OrganizationContext
from domain.organization.state import OrganizationState

decide: Final[Decide[OrganizationState, OrganizationContext]] = Decide()
