"""How the text of a setting is read: `ValueError` says what it should look like."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

SENDER: Final = re.compile(r"[a-z0-9._+-]+@[a-z0-9.-]+", re.ASCII | re.IGNORECASE)
LEVELS: Final = ("debug", "info", "warning", "error")


def postgres_url(text: str) -> str:
    if urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("should look like postgresql://role:password@host:5432/throughline")
    return text


def broker_url(text: str) -> str:
    if urlsplit(text).scheme not in ("redis", "rediss", "amqp", "amqps"):
        raise ValueError("should look like redis://host:6379/0 or amqp://user:password@host:5672/; leave it out to use PostgreSQL")
    return text


def mail_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("should look like smtp://user:password@host:587 or smtps://...; leave it out to keep mails in a folder")
    return text


def mail_from(text: str) -> str:
    if not SENDER.fullmatch(text):
        raise ValueError("should be an address alone, such as coaching@example.org: its display name is the organization's, mail by mail")
    return text


def web_url(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise ValueError("should look like https://coaching.example.org")
    return text.rstrip("/")


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(","))
    except ValueError as fault:
        raise ValueError(f"should be addresses or networks such as 10.0.0.5, 10.1.0.0/16: {fault}") from None


def folder(text: str) -> Path:
    """The path of a folder that is there."""
    path = Path(text)
    if not path.is_dir():
        raise ValueError(f"{text} is no folder: name one that is there")
    return path


def between(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"should be a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return number


def level(text: str) -> str:
    if text.lower() not in LEVELS:
        raise ValueError(f"should be one of {', '.join(LEVELS)}, not {text!r}")
    return text.lower()
