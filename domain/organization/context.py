"""What a decision about an organization may know."""

from __future__ import annotations

from domain.context import Context


class OrganizationContext(Context, frozen=True, kw_only=True):
    """`slug_taken`: another organization of the installation has the short name that is asked for.

    `subject_exists`: what a hold names is there, and is of the kind that it says.
    """

    slug_taken: bool = False
    subject_exists: bool = True
