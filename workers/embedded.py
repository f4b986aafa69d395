"""The product's own database on the embedded PostgreSQL, and what its processes need to know to use it."""

from __future__ import annotations

from typing import Final

import psycopg

from infra.keys import FileKeyProvider
from infra.launcher.address import Address, running
from infra.launcher.errors import Unstartable
from infra.settings import Misconfigured, Settings

DATABASE: Final = "throughline"


def make_database(address: Address) -> bool:
    """True when it was made just now."""
    with psycopg.connect(address.dsn(), autocommit=True) as admin:
        exists = admin.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
        if exists is None:
            admin.execute(f"CREATE DATABASE {DATABASE}".encode())
        return exists is None


def require_key_folder(settings: Settings) -> None:
    """Raises `Misconfigured` for a key file in a folder that is not there: only the data folder's own is made."""
    folder = settings.key_file.parent
    if not folder.is_dir() and not folder.is_relative_to(settings.data):
        raise Misconfigured(f"THROUGHLINE_KEY_FILE: there is no folder {folder}. Make it, or name a file in one that is there.")


def make_key_file(settings: Settings, *, empty: bool) -> None:
    """Makes the key of an empty database. Raises `Misconfigured` when the key of one with data is gone."""
    path = settings.key_file
    if path.exists():
        return
    if not empty:
        raise Misconfigured(
            f"THROUGHLINE_KEY_FILE: {path} is missing, and without it nothing personal in the database can be read. Name the file as at "
            f"the first start, or restore it from its copy; whoever needs nothing of the data deletes {settings.data} and begins anew."
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    FileKeyProvider.create(path)


def database_url(settings: Settings, role: str) -> str:
    """How to reach the database as a role ("app", "projector", "worker"): DATABASE_URL, else the embedded server that runs.

    Raises `Unstartable` when there is neither.
    """
    return settings.database_url or found(settings).dsn(f"throughline_{role}", DATABASE)


def worker_url(settings: Settings) -> str:
    """The same for the role that looks for work. Raises `Misconfigured` for a database of one's own without WORKER_DATABASE_URL."""
    if settings.worker_database_url:
        return settings.worker_database_url
    if settings.database_url:
        raise Misconfigured("WORKER_DATABASE_URL: is needed beside DATABASE_URL. Name the role throughline_worker.")
    return found(settings).dsn("throughline_worker", DATABASE)


def projector_url(settings: Settings) -> str:
    """The same for the role that writes read models. Raises `Misconfigured` for a database of one's own without PROJECTOR_DATABASE_URL."""
    if settings.projector_database_url:
        return settings.projector_database_url
    if settings.database_url:
        raise Misconfigured("PROJECTOR_DATABASE_URL: is needed beside DATABASE_URL. Name the role throughline_projector.")
    return found(settings).dsn("throughline_projector", DATABASE)


def migration_url(settings: Settings) -> str:
    """The same for changing the schema. Raises `Misconfigured` for a database of one's own without MIGRATION_DATABASE_URL."""
    if settings.migration_database_url:
        return settings.migration_database_url
    if settings.database_url:
        raise Misconfigured("MIGRATION_DATABASE_URL: is needed beside DATABASE_URL. Name a role that may make schemas and roles.")
    return found(settings).dsn(database=DATABASE)


def found(settings: Settings) -> Address:
    address = running(settings.data)
    if address is None:
        raise Unstartable(
            f"No PostgreSQL runs on {settings.data}: start `throughline up` in another terminal (it brings its own), or set DATABASE_URL."
        )
    return address
