"""What an organization allows."""

from domain.organization.decide import instrument, standing, template
from domain.organization.decide.table import decide

__all__ = ["decide", "instrument", "standing", "template"]
