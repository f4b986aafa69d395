"""Who acts: a person in one role of one organization, through one channel."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal, NamedTuple, TypeAlias, get_args
from uuid import UUID

from domain.glossary import Role
from domain.values import NIL

ROLES: Final[tuple[Role, ...]] = get_args(Role)
OPERATOR: Final = "operator"
"""Who runs the installation, on the command line: no membership, and no API key, ever has this role."""
WORKER: Final = "worker"
"""The workers, where nobody asked them: what they note, remind of and make. No membership, and no API key, ever has this role."""
RESPONDENT: Final = "respondent"
"""Who has a link to answer an assessment or a survey by, with or without an account. No membership, and no API key, ever has this role."""

Channel: TypeAlias = Literal["web", "api", "email", "worker", "import"]
"""Channel `email` is a link in a mail, without a sign-in. Channel `import` may date what it records; nobody reaches it over HTTP."""


class Actor(NamedTuple):
    """Who acts. `key_id` is the API key that said so, `first_key` the one that it was made instead of, or that one's, up to the first.

    `programs` are those that the role is held in, None where it is held in the whole organization. `scopes` are those of the
    key, None where it may all that the role may. `since` is when the key was made: a role that was lost since, and given anew,
    does not open it again; None for who acts without one. `until` is when it ends, or the key by which somebody signed in: no
    key that is made with it lasts longer. `today` is the day on which the role was found to be held, in the organization's zone.
    """

    tenant: UUID
    person_id: UUID
    role: Role | Literal["operator", "worker", "respondent"]
    key_id: UUID
    channel: Channel = "api"
    programs: frozenset[UUID] | None = None
    scopes: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    first_key: UUID | None = None
    today: date | None = None

    @property
    def principal(self) -> UUID:
        """Whose idempotency keys these are: a key that was rotated goes on with those of the one before."""
        return self.first_key or self.key_id

    @property
    def outsider(self) -> bool:
        """True for those who must not count what they cannot see: they get no stream version and no position."""
        return self.role in {"sponsor", "integration"}


def respondent(tenant: UUID, id: UUID) -> Actor:
    """Whoever has a respondent's link."""
    return Actor(tenant, id, RESPONDENT, NIL, "web")


def reader_of_mail(tenant: UUID, person: UUID) -> Actor:
    """Whoever reads the mails of a person, and follows a link in one that is about nothing but their address: it asks for no role."""
    return Actor(tenant, person, WORKER, NIL, "email")


def worker(tenant: UUID) -> Actor:
    """The workers in one organization: nobody's person, who acts on the clock, or because something happened."""
    return Actor(tenant, NIL, WORKER, NIL, "worker")
