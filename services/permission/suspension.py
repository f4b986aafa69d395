"""What goes on in an organization that is suspended, and what does not.

Nothing is changed: whoever may send a command is refused with 423. Every read goes on, for everybody who has it: a firm that did
not pay has still coaches with a duty of care and clients whose right to their data does not end, and an auditor must be able to
see why it was suspended. So does what follows the log without changing what is agreed: read models, the feed, `verify`, backups.

Of the commands go on those that take access away or hand somebody what is theirs, because a right that waits is none: a client
withdraws consent, an administrator or their HR system revokes a role, what is open in an emergency is closed, clients and auditors ask for
reports, somebody is erased. Keys are changed, rotated and revoked, since one may have leaked, and none is made; people sign in, or they could not read. The workers note who
was shown what, finish reports that were asked for and throw away those whose time is over; reminders that fall due are left out
with the suspension as the reason, so that none comes in a heap afterwards; nothing is asked for by schedule. The operator may do
whatever the operator may.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from domain.errors.organization import OrganizationSuspended
from domain.organization.state import OrganizationState
from services.actor import OPERATOR, Actor

ON: Final[dict[str, frozenset[str]]] = {
    "withdraw_disclosure_consent": frozenset({"client"}),
    "revoke_membership": frozenset({"admin", "integration"}),
    "decline_emergency_access": frozenset({"program_manager", "admin"}),
    "end_emergency_access": frozenset({"program_manager", "admin"}),
    "request_report": frozenset({"client", "auditor"}),
    "request_person_erasure": frozenset({"admin", "worker"}),
    "erase_person": frozenset({"worker"}),
    "end_for_erasure": frozenset({"worker"}),
    "remove_member": frozenset({"worker"}),
    "access_record": frozenset({"worker"}),
    "generate_report": frozenset({"worker"}),
    "discard_report": frozenset({"worker"}),
    "plan_reminder": frozenset({"worker"}),
    "send_reminder": frozenset({"worker"}),
    "suppress_reminder": frozenset({"worker"}),
    "fail_reminder": frozenset({"worker"}),
}
"""Commands that go on, and for whom."""


def require_going_on(organization: OrganizationState, actor: Actor, action: str, today: date) -> None:
    """Raises `OrganizationSuspended`. `today` is the day of asking there, not of what is reported."""
    if organization.suspended_on(today) and actor.role != OPERATOR and actor.role not in ON.get(action, frozenset()):
        assert organization.suspension is not None
        raise OrganizationSuspended(until=organization.suspension.until)
