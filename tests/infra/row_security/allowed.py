"""What the sweep lets through: the exceptions with their reasons, and who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ROLES: Final = ["app", "projector", "worker", "bridge"]  # those that log in
WITHOUT_TENANT: Final = {
    "directory.organization": "asked for a slug before the tenant is known; nobody reads the table, functions match exactly",
    "directory.api_key": "asked for a key's hash before the tenant is known; nobody reads the table, functions match exactly",
    "directory.key_step": "what became of a key, beside it",
    "directory.attempt": "how often was tried what hashes name, before anybody is known; nobody reads the table",
    "directory.salt": "of such hashes, for a day: about the installation",
    "directory.mail_link": "asked for, and followed, before the tenant is known; nobody reads the table, functions match exactly",
    "directory.request_count": "how many requests a person or an organization has sent in a minute: ids and numbers, of both in one call",
    "directory.ended": "receipts of organizations that are no more: counts and times, which the worker sees the ids of",
    "es.projection": "which generation of a read model is read: about the installation",
    "jobs.job": "a queue for all organizations, whose messages hold ids only",
    "jobs.schedule": "when what is done for all organizations is due: about the installation",
    "jobs.follower": "since when the log is followed: about the installation",
    "public.migration": "which migrations were applied: about the installation",
}
SCANNED: Final = {
    "es.tenant_head": "the projector and the worker look for logs that are ahead: ids, positions, times",
    "es.checkpoint": "the projector and the worker look for who is behind: ids, positions, classes of error",
}
DEFINERS: Final = {
    "es.append": "the one way into the log",
    "es.append_over_answers": "the same, for who closes what was answered",
    "es.add_answer": "what waits cannot be listed, nor who has answered",
    **dict.fromkeys(("es.add_rater_token", "es.end_rater_tokens", "es.find_rater_token", "es.raters_told"), "the same"),
    **dict.fromkeys(("es.answers", "es.count_answers"), "the same"),
    "es.add_tenant_key": "keys are made under the tenant's lock only",
    "es.add_subject_key": "the same",
    "es.destroy_key": "keys are destroyed under the tenant's lock only",
    "es.erase_person": "the same, and with them what the person claimed",
    "es.rotate_key": "the same",
    "es.forget_commands": "the worker deletes old answers, and reads none",
    "es.steps_since": "the worker learns what an event is, and nothing of what it says",
    "es.bridge_append": "the library's way into the log",
    "directory.reserve_slug": "the tables of the directory cannot be listed",
    "directory.confirm_slug": "the same",
    "directory.find_slug": "the same",
    "directory.add_key": "the same",
    "directory.find_key": "the same",
    "directory.keys_of": "the same",
    "directory.revoke_key": "the same",
    "directory.revoke_keys": "the same",
    "directory.attempt": "the same",
    "directory.salt_of": "the same",
    "directory.forget_attempts": "the same",
    "directory.ask_mail_link": "the same",
    "directory.ask_mail_link_v2": "the same",
    "directory.take_mail_links": "the same",
    "directory.taken_mail_link": "the same",
    "directory.add_mail_link_secret": "the same",
    "directory.find_mail_link": "the same",
    "directory.use_mail_link": "the same",
    "directory.forget_mail_links": "the same",
    "directory.make_key": "the same",
    "directory.key_of": "the same",
    "directory.key_of_v2": "the same",
    "directory.some_tenants": "before any is known: two ids, to try the key file with",
    "directory.end_key": "the same",
    "directory.end_keys": "the same",
    "directory.note_uses": "the same",
    "directory.keys_kept": "the same",
    "directory.key_kept": "the same",
    "directory.steps_of": "the same",
    "directory.change_key": "the same",
    "directory.replace_key": "the same",
    "directory.take_requests": "the same",
    "directory.forget_request_counts": "the same",
    "directory.quota_of": "the same",
    "directory.set_quota": "the same",
}
"""Functions that run with the rights of `throughline_writer`: it owns no table, so row security binds it."""
DEFAULTS: Final = {
    ("throughline_owner", "rm", "throughline_app", "SELECT"),
    *(("throughline_owner", "rm", "throughline_projector", right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")),
}
"""Rights on what will be made: read models come one generation after the other."""

READ: Final = ("SELECT",)
ADD: Final = ("SELECT", "INSERT")
WRITE: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")
STEP: Final = tuple(f"SELECT of {column}" for column in ("tenant_id", "stream_id", "version", "position", "type", "recorded_at"))
QUOTAS: Final = ("people", "engagements", "requests_per_minute", "storage_mb")
KEY: Final = ("revoked_at", "name", "scopes", "expires_at", "version", "last_used_at")
TABLES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "writer": {
        "es.tenant_head": (*ADD, "UPDATE of position", "UPDATE of recorded_at"),
        "es.event": ADD,
        "es.stream": ADD,
        "es.command": (*ADD, "DELETE"),
        "es.claim": (*ADD, "DELETE"),
        "es.sealed_answer": (*ADD, "DELETE"),
        "es.rater_token": (*ADD, "DELETE", "UPDATE of used"),
        "es.tenant_key": (*ADD, "UPDATE of kek", "UPDATE of wrapping", "UPDATE of index_key"),
        "es.subject_key": (*ADD, "UPDATE of wrapped", "UPDATE of destroyed_at"),
        "es.bridge_stream": ADD,
        "es.bridge_tracking": (*ADD, "UPDATE of position"),
        "directory.organization": (*ADD, "UPDATE of state", *(f"UPDATE of {quota}" for quota in QUOTAS)),
        "directory.api_key": (*ADD, *(f"UPDATE of {column}" for column in KEY)),
        "directory.key_step": ADD,
        "directory.request_count": (*ADD, "DELETE", "UPDATE of ends_at", "UPDATE of taken"),
        "directory.attempt": (*ADD, "DELETE", "UPDATE of level", "UPDATE of at", "UPDATE of until_at"),
        "directory.salt": (*ADD, "DELETE"),
        "directory.mail_link": (*ADD, "DELETE", *(f"UPDATE of {column}" for column in ("taken_at", "person_id", "secrets", "used_at"))),
    },
    "app": {
        **dict.fromkeys(("es.tenant_head", "es.event", "es.stream", "es.command", "es.claim", "es.tenant_key", "es.subject_key"), READ),
        **dict.fromkeys(("es.checkpoint", "es.projection", "es.bridge_stream"), READ),
        "es.snapshot": WRITE,
        "es.look": ("SELECT", "INSERT", "UPDATE"),
    },
    "projector": {
        **dict.fromkeys(("es.tenant_head", "es.event", "es.stream", "es.tenant_key", "es.subject_key"), READ),
        "es.checkpoint": WRITE,
        "es.projection": WRITE,
    },
    "worker": {
        **dict.fromkeys(("es.tenant_head", "es.projection", "jobs.follower"), READ),
        "es.checkpoint": ("SELECT", "INSERT", "UPDATE"),
        "es.event": STEP,
        "directory.ended": ("SELECT of tenant_id",),
        "jobs.job": WRITE,
        "jobs.schedule": ("SELECT", "INSERT", "UPDATE"),
    },
    "bridge": {
        **dict.fromkeys(("es.tenant_head", "es.event", "es.bridge_stream", "es.bridge_tracking"), READ),
        "es.bridge_snapshot": ADD,
    },
}
"""What each role may do to which table; nobody else anything. Read models: see `granted`."""
FUNCTIONS: Final[dict[str, set[str]]] = {
    "writer": {"directory.note_step"},
    "app": {
        *("es.load_v2", "es.holders", "es.versions"),
        *("es.append", "es.load", "es.hindsight", "es.traces", "es.position_at", "es.feed", "es.feed_of", "es.events_at", "es.streams_of"),
        *("es.claimed", "es.keep_snapshot", "es.last_look", "es.keep_look", "es.keys_of", "es.live_keys", "es.add_tenant_key"),
        *(
            "es.append_within",
            "es.count_limited",
            "es.count_ended",
            "es.append_over_answers",
            "es.add_answer",
            "es.answers",
            "es.count_answers",
        ),
        *("es.add_rater_token", "es.end_rater_tokens", "es.find_rater_token", "es.raters_told"),
        *(
            "es.erase_person",
            "es.add_subject_key",
            "es.destroy_key",
            "es.rotate_key",
            "es.bridge_events",
            "es.feed_v2",
            "es.feed_of_v2",
            "es.feed_at",
        ),
        *("directory.reserve_slug", "directory.confirm_slug", "directory.find_slug", "directory.add_key", "directory.find_key"),
        *("directory.revoke_key", "directory.revoke_keys", "directory.keys_of", "directory.quota_of", "directory.set_quota"),
        *(
            "directory.make_key",
            "directory.key_of",
            "directory.key_of_v2",
            "directory.some_tenants",
            "directory.end_key",
            "directory.end_keys",
            "directory.note_uses",
        ),
        *("directory.keys_kept", "directory.key_kept", "directory.steps_of", "directory.change_key", "directory.replace_key"),
        *("directory.attempt", "directory.salt_of", "directory.taken_mail_link"),
        *("directory.ask_mail_link", "directory.ask_mail_link_v2"),
        *("directory.add_mail_link_secret", "directory.find_mail_link", "directory.use_mail_link"),
        "directory.take_requests",
    },
    "projector": {"es.feed", "es.keys_of"},
    "worker": {"es.steps_since", "es.position_at", "es.recorded_after", "es.forget_commands"}
    | {"directory.forget_request_counts", "directory.forget_attempts", "directory.take_mail_links", "directory.forget_mail_links"},
    "bridge": {
        *("es.bridge_append", "es.bridge_events", "es.bridge_notifications", "es.bridge_head", "es.bridge_reached"),
        *("es.bridge_keep", "es.bridge_snapshots"),
    },
}
"""Who may call which function; nobody else any, but for their owners."""


def granted(read_models: Iterable[str]) -> set[tuple[str, str, str]]:
    """Every right that there is to be, as (who, on what, which), with these tables of read models."""
    on_tables = {(role, table, right) for role, tables in TABLES.items() for table, rights in tables.items() for right in rights}
    on_models = {("app", table, "SELECT") for table in read_models} | {
        ("projector", table, right) for table in read_models for right in WRITE
    }
    on_functions = {(role, name, "EXECUTE") for role, names in FUNCTIONS.items() for name in names}
    return {(f"throughline_{role}", name, right) for role, name, right in on_tables | on_models | on_functions} | {
        ("PUBLIC", "public.migration", "SELECT")
    }
