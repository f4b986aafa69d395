"""What may be refused about an organization."""

from domain.errors import Refusal


class SlugTaken(Refusal):
    """Another organization has that short name: choose another."""


class LocaleUnknown(Refusal):
    """The locale is not a language tag: give a language, and a region where it matters, such as de or de-AT (BCP 47)."""


class TimeZoneUnknown(Refusal):
    """That is no time zone of the IANA list: give one such as Europe/Berlin."""


class FloorTooLow(Refusal):
    """The smallest group must not be lower than the product's own floor: give at least 5 for sponsors, and 3 for raters."""


class QuotaReached(Refusal):
    """The organization has as much of this as it may: make room, or ask whoever runs this installation for a higher quota."""


class OrganizationSuspended(Refusal):
    """The organization is suspended: what there is can be read, nothing can be changed. Ask whoever runs this installation."""


class AlreadySuspended(Refusal):
    """The organization is suspended already: reinstate it, if it is to go on."""


class NotSuspended(Refusal):
    """The organization is not suspended: there is nothing to reinstate."""


class RulesetUnknown(Refusal):
    """There is no such version of these rules: choose one of those that are known."""


class DuplicateReference(Refusal):
    """Another client organization has that reference: choose another, or use the one that is there."""


class InstrumentCodeTaken(Refusal):
    """The product has an instrument of that code: give yours another."""


class CompetencyNamedTwice(Refusal):
    """A competency stands in the instrument twice: put its statements together, or give one of the two another code."""


class HoldNotActive(Refusal):
    """That hold was released already: look at the list of holds."""
