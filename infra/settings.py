"""Every setting, from environment variables: typed, checked at once, and each fault named with its cure."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import Struct

from infra.postgres import KEPT_STATEMENTS, LOCK_SECONDS, STATEMENTS
from infra.spelling import LEVELS, between, broker_url, folder, level, mail_from, mail_url, networks, postgres_url, web_url

STATEMENT_SECONDS: Final = 5  # and what giving up a lost connection and one more attempt take: an answer within ten
FONTS: Final = Path("/usr/share/fonts")
NO_SENDER: Final = "throughline@localhost"


class Misconfigured(Exception):
    """The environment does not say what is needed; the text names each variable and its cure, one a line."""


class Settings(Struct, frozen=True, kw_only=True):
    """What `VARIABLES` says of each. `database_url` None means: the embedded PostgreSQL."""

    data: Path
    database_url: str | None
    migration_database_url: str | None
    projector_database_url: str | None
    worker_database_url: str | None
    broker_url: str | None
    metrics_port: int | None
    api_metrics_port: int | None
    key_file: Path
    host: str
    port: int
    url: str | None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    mail_url: str | None
    mail_from: str
    report_days: int
    fonts: Path | None
    pool_size: int
    patience_seconds: int
    idle_seconds: int
    drain_seconds: int
    requests_per_minute: int
    organization_requests_per_minute: int
    lock_seconds: int
    statement_seconds: int
    statement_cache_size: int
    log_level: str
    postgres_bin: Path | None
    run_as: str | None

    @property
    def blobs(self) -> Path:
        """Where the files of reports are, and nothing else: what no report names is thrown away. Several machines have to share it."""
        return self.data / "blobs"

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises `Misconfigured` with every fault there is, not only the first."""
        values: dict[str, Any] = {}
        faults = []
        for variable in VARIABLES:
            try:
                text = variable.text(environment)
                values[variable.field] = variable.parse(text) if text else variable.default
            except ValueError as fault:
                faults.append(f"{variable.name}: {fault}")
        if values.get("database_url") and not values.get("key_file"):
            faults.append(
                "THROUGHLINE_KEY_FILE: is needed with DATABASE_URL. Name the file with the key-encryption key (mode 0600; "
                "`throughline key file PATH` makes one) and keep a copy apart from the database: without it nothing personal can be read."
            )
        if values.get("mail_url") and values.get("mail_from") == NO_SENDER:
            faults.append("THROUGHLINE_MAIL_FROM: is needed with THROUGHLINE_MAIL_URL. Name the address that mails come from.")
        if faults:
            raise Misconfigured("\n".join(faults))
        data = values["data"].absolute()
        return cls(**{**values, "data": data, "key_file": values["key_file"] or data / "keys" / "kek"})

    @property
    def address(self) -> str:
        """Where people find the pages."""
        return self.url or f"http://{self.host}:{self.port}"

    @property
    def mailbox(self) -> Path:
        """The folder that mails are kept in where no server is named."""
        return self.data / "mailbox"


class Variable(NamedTuple):
    """An environment variable: the field it fills, what it means, how its text is read (`ValueError` says what is wrong).

    A `secret` one may hold a password: it can stand in a file, which the variable of the same name and `_FILE` names.
    """

    name: str
    field: str
    meaning: str
    parse: Callable[[str], Any]
    default: Any = None
    secret: bool = False

    @property
    def of_file(self) -> str:
        """What names the file."""
        return f"{self.name}_FILE"

    def text(self, environment: Mapping[str, str]) -> str:
        """What is said of it, "" when nothing is. Raises `ValueError` for what is said twice, or in a file that cannot be read."""
        said, path = environment.get(self.name, "").strip(), environment.get(self.of_file, "").strip() if self.secret else ""
        if not path:
            return said
        if said:
            raise ValueError(f"is set, and {self.of_file} too: unset one of them")
        try:
            kept = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(
                f"{self.of_file} names {path}, which cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})"
            ) from None
        if not kept:
            raise ValueError(f"{self.of_file} names {path}, which is empty")
        return kept

    def source(self, environment: Mapping[str, str]) -> str:
        """Where it is said: `environment`, the path of a file, or `default`."""
        if environment.get(self.name, "").strip():
            return "environment"
        return (self.secret and environment.get(self.of_file, "").strip()) or "default"


VARIABLES: Final = (
    Variable(
        "DATABASE_URL", "database_url", "the process's own PostgreSQL role; without it, the embedded server", postgres_url, secret=True
    ),
    Variable(
        "MIGRATION_DATABASE_URL",
        "migration_database_url",
        "for `throughline migrate`: a role that may make schemas and roles",
        postgres_url,
        secret=True,
    ),
    Variable(
        "PROJECTOR_DATABASE_URL",
        "projector_database_url",
        "for `throughline up`, `rebuild` and `projections` with DATABASE_URL: the role throughline_projector",
        postgres_url,
        secret=True,
    ),
    Variable(
        "WORKER_DATABASE_URL",
        "worker_database_url",
        "for `throughline worker`, `jobs`, `verify` and `up` with DATABASE_URL: the role throughline_worker",
        postgres_url,
        secret=True,
    ),
    Variable(
        "BROKER_URL", "broker_url", "what carries the jobs: redis://... or amqp://...; without it, PostgreSQL", broker_url, secret=True
    ),
    Variable("THROUGHLINE_KEY_FILE", "key_file", "the key-encryption key; needed with DATABASE_URL, else <data>/keys/kek", Path),
    Variable(
        "THROUGHLINE_DATA",
        "data",
        "the folder of the embedded server, its key, the demo's keys, and the files of reports",
        Path,
        Path(".data"),
    ),
    Variable("THROUGHLINE_HOST", "host", "the address that the API listens on", str, "127.0.0.1"),
    Variable("THROUGHLINE_PORT", "port", "the port that the API listens on", between(1, 65535), 8080),
    Variable("THROUGHLINE_URL", "url", "where people find the pages, for links in mails; without it, host and port", web_url),
    Variable(
        "THROUGHLINE_TRUSTED_PROXIES",
        "trusted_proxies",
        "the proxies in front of the API, whose X-Forwarded-For tells who asks; without it, nobody's does",
        networks,
        (),
    ),
    Variable(
        "THROUGHLINE_MAIL_URL",
        "mail_url",
        "the server that takes mails: smtp://... or smtps://...; without it, <data>/mailbox",
        mail_url,
        secret=True,
    ),
    Variable("THROUGHLINE_MAIL_FROM", "mail_from", "the address that mails come from", mail_from, NO_SENDER),
    Variable(
        "THROUGHLINE_METRICS_PORT",
        "metrics_port",
        "the port on 127.0.0.1 at which a worker answers /metrics; without it, none",
        between(1, 65535),
    ),
    Variable(
        "THROUGHLINE_API_METRICS_PORT",
        "api_metrics_port",
        "the port on 127.0.0.1 at which an API answers /metrics; without it, none",
        between(1, 65535),
    ),
    Variable("THROUGHLINE_REPORT_DAYS", "report_days", "days for which the file of a report is kept", between(1, 3650), 90),
    Variable(
        "THROUGHLINE_FONTS",
        "fonts",
        "a folder with fonts for the PDFs of reports, beside those that come along; without it /usr/share/fonts, where that is one",
        folder,
        FONTS if FONTS.is_dir() else None,
    ),
    Variable(
        "THROUGHLINE_POOL",
        "pool_size",
        "the most database connections of one process; of an API, an organization alone gets half of them",
        between(1, 1000),
        10,
    ),
    Variable(
        "THROUGHLINE_PATIENCE_SECONDS",
        "patience_seconds",
        "for how long an API waits for the head of a request that has begun, and then for its body",
        between(1, 600),
        10,
    ),
    Variable(
        "THROUGHLINE_IDLE_SECONDS",
        "idle_seconds",
        "for how long an API keeps a connection on which nothing is asked, or an answer not taken; more than a proxy keeps its own, "
        "so that it sends no request into one that we close. With granian also how long the head of a request may take",
        between(1, 3600),
        75,
    ),
    Variable(
        "THROUGHLINE_DRAIN_SECONDS",
        "drain_seconds",
        "for how long an API that is asked to end still takes requests while it says that it is not ready; "
        "longer than what asks it needs to notice",
        between(0, 600),
        3,
    ),
    Variable(
        "THROUGHLINE_REQUESTS_PER_MINUTE",
        "requests_per_minute",
        "the most requests of one person in a minute with all their keys and sign-ins, over all processes; 0: no limit",
        between(0, 10_000_000),
        600,
    ),
    Variable(
        "THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE",
        "organization_requests_per_minute",
        "the same of an organization with all its people, which may have a number of its own; 0: no limit for any",
        between(0, 10_000_000),
        3000,
    ),
    Variable(
        "THROUGHLINE_LOCK_SECONDS",
        "lock_seconds",
        "for how long a request or job waits for its organization's lock, which the largest append holds for a fraction of a second",
        between(1, 60),
        LOCK_SECONDS,
    ),
    Variable(
        "THROUGHLINE_STATEMENT_SECONDS",
        "statement_seconds",
        "for how long a statement of a request or job may run: the slowest takes a second, and longer than this nobody waits",
        between(2, 600),
        STATEMENT_SECONDS,
    ),
    Variable(
        STATEMENTS,
        "statement_cache_size",
        "how many statements a connection keeps prepared; 0 behind a pooler that shares its servers and does not carry them along",
        between(0, 10_000),
        KEPT_STATEMENTS,
    ),
    Variable("THROUGHLINE_LOG", "log_level", f"how much is logged: {', '.join(LEVELS)}", level, "info"),
    Variable("THROUGHLINE_POSTGRES_BIN", "postgres_bin", "the bin folder of the PostgreSQL to embed, instead of the package's", Path),
    Variable("PG_RUN_AS", "run_as", "the account that root runs the embedded server as", str),
)
