"""What may be refused about a person."""

from domain.errors import Refusal


class PersonExists(Refusal):
    """Somebody in the organization has that address already."""


class RoleAlreadyGranted(Refusal):
    """The person has that role in that scope already."""


class DutyConflict(Refusal):
    """Nobody audits where they coach or manage programs: give one of the two roles to another person."""
