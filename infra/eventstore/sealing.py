"""One personal value, sealed and opened: AES-256-GCM under a key of its own that is derived from the person's.

A sealed value is self-contained text: base64 of version (1 byte), subject (16), key version (2), salt (16), commitment (32),
nonce (12) and ciphertext. The associated data binds it to its tenant, stream, subject, realm and key version, so moved
elsewhere it does not open. The commitment binds it to one field key: GCM alone can be made to open to two texts. A field
key opens one value and says nothing about the person's key, so a single text can be disclosed.
"""

from __future__ import annotations

import base64
import hmac
import os
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from infra.eventstore.errors import NewerRelease, SealBroken

VERSION: Final = 1
SALT: Final = 16
COMMITMENT: Final = 32
NONCE: Final = 12
FIELD: Final = b"tl-field-v1"
SEAL: Final = b"throughline-seal-v1"
HEAD: Final = 1 + 16 + 2


class Place(NamedTuple):
    """Where a sealed value stands. The realm is the engagement of the stream, or else the stream itself."""

    tenant: UUID
    stream: UUID
    realm: UUID


class SubjectKey(NamedTuple):
    """A person's key in a realm."""

    subject: UUID
    v: int
    key: bytes


class Sealed(NamedTuple):
    """The parts of a sealed value."""

    subject: UUID
    key_v: int
    salt: bytes
    commitment: bytes
    nonce: bytes
    ciphertext: bytes


def seal(value: Any, key: SubjectKey, place: Place) -> str:
    """The value as JSON, sealed. What `open_sealed` gives back is the JSON's builtin: a date comes back as its text."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    field, commitment = derive(key.key, place.stream, salt)
    ciphertext = AESGCM(field).encrypt(nonce, msgspec.json.encode(value), bound(place, key.subject, key.v))
    head = bytes([VERSION]) + key.subject.bytes + key.v.to_bytes(2, "big")
    return base64.urlsafe_b64encode(head + salt + commitment + nonce + ciphertext).decode()


def open_sealed(text: str, key: bytes, place: Place) -> Any:
    """Raises `SealBroken` when it was not sealed at this place with this key."""
    return unsealed(split(text), key, place)


def unsealed(sealed: Sealed, key: bytes, place: Place) -> Any:
    """The same of one that was split before."""
    field, commitment = derive(key, place.stream, sealed.salt)
    if not hmac.compare_digest(commitment, sealed.commitment):
        raise SealBroken(f"a value in stream {place.stream} is not committed to its subject's key")
    try:
        plain = AESGCM(field).decrypt(sealed.nonce, sealed.ciphertext, bound(place, sealed.subject, sealed.key_v))
    except InvalidTag as error:
        raise SealBroken(f"a value in stream {place.stream} was altered, or sealed elsewhere") from error
    return msgspec.json.decode(plain)


def split(text: str) -> Sealed:
    """Raises `SealBroken` when this is no sealed value."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except ValueError as error:
        raise SealBroken("not a sealed value") from error
    if len(raw) < HEAD + SALT + COMMITMENT + NONCE + 16:
        raise SealBroken("not a sealed value: too short")
    if raw[0] != VERSION:
        raise NewerRelease(f"sealed in form {raw[0]}, which this release does not know")
    salt, commitment, nonce = HEAD + SALT, HEAD + SALT + COMMITMENT, HEAD + SALT + COMMITMENT + NONCE
    return Sealed(
        UUID(bytes=raw[1:17]), int.from_bytes(raw[17:19], "big"), raw[HEAD:salt], raw[salt:commitment], raw[commitment:nonce], raw[nonce:]
    )


def subject_of(text: str) -> UUID:
    """Whose key a sealed value was sealed with, of one that was split before: its head is enough."""
    return UUID(bytes=base64.urlsafe_b64decode(text[:24])[1:17])


def derive(key: bytes, stream: UUID, salt: bytes) -> tuple[bytes, bytes]:
    """The field key of one value, and the commitment to it."""
    both = HKDFExpand(hashes.SHA256(), 32 + COMMITMENT, FIELD + stream.bytes + salt).derive(key)
    return both[:32], both[32:]


def bound(place: Place, subject: UUID, key_v: int) -> bytes:
    return SEAL + place.tenant.bytes + place.stream.bytes + subject.bytes + place.realm.bytes + key_v.to_bytes(2, "big")
