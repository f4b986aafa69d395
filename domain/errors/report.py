"""What may be refused about a report."""

from domain.errors import Refusal


class AsOfInFuture(Refusal):
    """The last day that counts lies ahead: choose today or an earlier one."""


class TooManyReports(Refusal):
    """Ten reports that you asked for in the last day are not made yet: wait until one of them is."""


class ReportNotMade(Refusal):
    """The file of this report is not made yet: read the report again in a moment."""


class FileTellsMore(Refusal):
    """The file tells more than this person may see: ask for a report for them, which leaves that out."""


class FileDiscarded(Refusal):
    """The file was thrown away because its time was over: ask for the report again."""
