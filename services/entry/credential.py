"""What opens the door: `tl_<random>_<checksum>`, where the checksum lets scanners and us reject a slip of the keyboard offline."""

from __future__ import annotations

import hashlib
import secrets
import string
import zlib
from typing import Final

DIGITS: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
LENGTH: Final = 27
"""Random digits: 160 bits, so that a plain hash of the key is enough to store."""
SHOWN: Final = len("tl_") + 4
"""Characters by which a holder of several keys knows one of them: 136 bits stay unknown."""


def new_key() -> str:
    """A key that nobody had before. It is shown once; only its hash is kept."""
    body = "tl_" + "".join(secrets.choice(DIGITS) for _ in range(LENGTH))
    return f"{body}_{checksum(body)}"


def is_well_formed(key: str) -> bool:
    """True when the checksum fits. Says nothing about whether the key exists."""
    body, _, check = key.rpartition("_")
    return key.isascii() and body.startswith("tl_") and len(body) >= 25 and secrets.compare_digest(check, checksum(body))


def checksum(body: str) -> str:
    """Six digits to the base of 62, made of the CRC-32."""
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def hint(key: str) -> str:
    """What of a key may be shown later on."""
    return key[:SHOWN]


def key_hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
