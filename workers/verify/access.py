"""API keys against the log: which roles the people were granted whose keys they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from domain.event import Event
from domain.person.events import MembershipGranted, MembershipRoleChanged
from infra.sql import load
from workers.verify.batch import Told
from workers.verify.difference import Difference, Findings

SQL: Final = load(__file__)


class Access:
    """The keys of an organization's people. One whose role has ended by now opens nothing, and is no difference."""

    def __init__(self, tenant: UUID, keys: Sequence[Any], findings: Findings) -> None:
        self.tenant = tenant
        self.findings = findings
        self.keys: dict[UUID, list[Any]] = defaultdict(list)
        for key in keys:
            self.keys[key["person_id"]].append(key)

    def compare(self, stream: Told) -> None:
        """A person's keys; of one who is erased it is not known what they were."""
        if stream.row.id not in self.keys or stream.is_erased:
            return
        granted = {role for each in stream.events if (role := granted_by(each.event)) is not None}
        for key in self.keys[stream.row.id]:
            if key["role"] not in granted:
                at: dict[str, Any] = {
                    "tenant": self.tenant,
                    "stream": stream.row.id,
                    "table": "directory.api_key",
                    "key": str(key["key_id"]),
                }
                expected = f"a role that they were granted: {', '.join(sorted(granted)) or 'none'}"
                self.findings.add(Difference(kind="api_key", **at, field="role", expected=expected, found=key["role"]))


def granted_by(event: Event) -> str | None:
    """The role that an event gives to its person, if it gives one."""
    match event:
        case MembershipGranted(role=role) | MembershipRoleChanged(to=role):
            return role
    return None


async def access(connection: asyncpg.Connection, tenant: UUID, findings: Findings) -> Access:
    return Access(tenant, await SQL.keys.fetch(connection, tenant_id=tenant), findings)
