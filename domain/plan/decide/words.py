"""The words of a command as personal values; blank ones say nothing."""

from __future__ import annotations

from domain.plan.context import PlanContext
from domain.rules import require_reason
from domain.values import Code, OfAuthor, OfClient


def of_client(text: str | None) -> OfClient[str] | None:
    return OfClient(text) if text is not None and text.strip() else None


def of_author(text: str | None) -> OfAuthor[str] | None:
    return OfAuthor(text) if text is not None and text.strip() else None


def require_known_code(code: Code | None, context: PlanContext) -> None:
    """Where a reason is not needed: a code that is given all the same is one of the organization's list."""
    if code is not None:
        require_reason(code, None, context.policy)
