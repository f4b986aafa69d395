"""The content digest: a hash chain over the events that say what was agreed, which signatures and approvals bind.

    d0 = SHA-256("throughline-digest-v1" + stream id)
    di = SHA-256(d(i-1) + u64 version + u32 length of type + type + u16 schema version + payload hash)      big-endian

It is made of stored bytes only, so that anyone can compute it again for ever, also after personal values were erased.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.event import Recorded
from domain.values import Digest


def digest_of_nothing(stream_id: UUID) -> Digest:
    """Where the chain of a stream begins. The stream's id keeps equal agreements of two streams apart."""
    return sha256(b"throughline-digest-v1" + stream_id.bytes).hexdigest()


def extended(digest: Digest, recorded: Recorded[Any]) -> Digest:
    """The digest after one more content event."""
    name = recorded.type.encode()
    link = (
        bytes.fromhex(digest)
        + recorded.version.to_bytes(8, "big")
        + len(name).to_bytes(4, "big")
        + name
        + recorded.schema_v.to_bytes(2, "big")
        + recorded.payload_hash
    )
    return sha256(link).hexdigest()
