"""What may be refused about a report."""

from domain.errors import Refusal


class AsOfInFuture(Refusal):
    """The last day that counts lies ahead: choose today or an earlier one."""
