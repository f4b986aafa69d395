"""Where key-encryption keys come from: a port, and the provider that needs nothing but a file."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.eventstore.errors import KeyUnavailable

NONCE: Final = 12  # bytes
KEY: Final = 32  # bytes


class Wrapped(NamedTuple):
    """A key under the key-encryption key that `kek` names."""

    kek: str
    key: bytes


class KeyProvider(Protocol):
    """Wraps and unwraps keys. `context` says whose key it is, and what for: under another context it does not unwrap.

    Every method raises `KeyUnavailable` when it cannot answer, whatever the cause.
    """

    async def wrap(self, key: bytes, context: bytes) -> Wrapped: ...

    async def unwrap(self, wrapped: Wrapped, context: bytes) -> bytes: ...


class FileKeyProvider:
    """Key-encryption keys in a file that only its owner may read.

    A line a key: its name, a space, 32 bytes in base64. The first line wraps, every line unwraps. To rotate, put a new
    line on top, run the rotation, then remove the old line: only then is what was erased out of reach in old backups too.
    The file is read anew each time, so no process has to be restarted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @staticmethod
    def create(path: Path, name: str = "1") -> None:
        """Writes a new file with one fresh key. Raises `FileExistsError` rather than overwrite keys."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{name} {base64.b64encode(os.urandom(KEY)).decode()}\n")
            file.flush()
            os.fsync(file.fileno())

    def check(self) -> None:
        """Raises `KeyUnavailable`, saying what to do, unless the file is there, private and readable."""
        self.read()

    async def wrap(self, key: bytes, context: bytes) -> Wrapped:
        name, kek = next(iter(self.read().items()))
        nonce = os.urandom(NONCE)
        return Wrapped(name, nonce + AESGCM(kek).encrypt(nonce, key, context))

    async def unwrap(self, wrapped: Wrapped, context: bytes) -> bytes:
        kek = self.read().get(wrapped.kek)
        if kek is None:
            raise KeyUnavailable(f"{self.path} has no key named {wrapped.kek}: put its line back")
        try:
            return AESGCM(kek).decrypt(wrapped.key[:NONCE], wrapped.key[NONCE:], context)
        except InvalidTag as error:
            raise KeyUnavailable(
                f"{self.path}: the key named {wrapped.kek} is not the one that was used: restore the file from its copy"
            ) from error

    def read(self) -> dict[str, bytes]:
        try:
            mode = stat.S_IMODE(self.path.stat().st_mode)
            if mode & 0o077:
                raise KeyUnavailable(f"{self.path} has mode {mode:04o}, so others may read it: chmod 600 {self.path}")
            keys = dict(parse(line) for line in self.path.read_text("ascii").splitlines() if line.strip())
        except OSError as error:
            raise KeyUnavailable(
                f"{self.path} cannot be read ({error.strerror}): restore it; without it nothing personal opens. "
                "(A new installation makes one: `throughline key file PATH`.)"
            ) from error
        except ValueError as error:
            raise KeyUnavailable(
                f"{self.path}: a line should be a name, a space and 32 bytes in base64: restore the file from its copy"
            ) from error
        if not keys:
            raise KeyUnavailable(f"{self.path} is empty: restore it")
        return keys


def parse(line: str) -> tuple[str, bytes]:
    name, text = line.split()
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY:
        raise ValueError(f"{len(key)} bytes")
    return name, key
