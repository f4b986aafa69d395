"""What may be refused about a person."""

from typing import Any

from domain.errors import Refusal


class PersonExists(Refusal):
    """Somebody in the organization has that address already: look for them in the list of people, or give another address."""

    def __init__(self, detail: str | None = None, *, pointer: str | None = "/email", **facts: Any) -> None:
        super().__init__(detail, pointer=pointer, **facts)  # the log alone knows who has which, and no field


class RoleAlreadyGranted(Refusal):
    """The person has that role in that scope already: name another role, or another program."""


class RoleNotHeld(Refusal):
    """The person does not hold that role in that scope today: read which they hold, and name the program where it is one's."""


class LastAdmin(Refusal):
    """Nobody else administers the whole organization for good: grant the role admin, without a last day, to another person first."""


class DutyConflict(Refusal):
    """Nobody audits where they coach or manage programs: give one of the two roles to another person."""


class CredentialLevelUnknown(Refusal):
    """Name a level of the rules that the organization follows: see `facts` for those that there are."""


class LogEmpty(Refusal):
    """There is no session in your log yet: complete one first."""


class FieldManagedByScim(Refusal):
    """The organization's directory says this, and would overwrite what is written by hand: change it there."""


class IdentityInUse(Refusal):
    """Another person of the organization signs in as that subject already: unlink it there, or look which of the two records is the right one."""


class LegalHold(Refusal):
    """The law may ask for this person's records: a hold forbids to erase them. Release the holds that `facts` names once the case is closed."""


class AlreadyErased(Refusal):
    """The person was erased before: the receipt says when, and what of. There is nothing more to erase."""
