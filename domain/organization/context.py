"""What a decision about an organization may know."""

from __future__ import annotations

from domain.context import Context


class OrganizationContext(Context, frozen=True, kw_only=True):
    """`slug_taken`: another organization of the installation has the short name that is asked for."""

    slug_taken: bool = False
