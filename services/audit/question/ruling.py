"""Which terms of an engagement ruled when, by the times at which they were signed: for question 6."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.engagement.events import (
    AgreementAmended,
    AgreementSigned,
    AgreementTerms,
    MemberAdded,
    MemberRemoved,
    RecontractingOpened,
    RecontractingWithdrawn,
    Signatory,
)
from infra.eventstore.feed import Fed
from services.audit.question.case import Case


class Version(NamedTuple):
    """A version of the terms with the signatures that it has so far; `since` is from when on it ruled, None: it never did.

    `signed_at` is when the last of those signed it whom it named, None: not all did. Who joins a group signs it afterwards.
    """

    draft: Fed
    terms: AgreementTerms
    signatures: tuple[Fed, ...] = ()
    since: datetime | None = None
    signed_at: datetime | None = None

    def completed(self, at: datetime, gone: frozenset[UUID], *, rules: bool) -> Version:
        """The same after a signature, or after somebody left: whether everybody has signed by then, for the first time."""
        if self.signed_at is not None or any(one.person_id not in gone and not self.has_signed(one) for one in self.terms.parties):
            return self
        signed_at = max([at, *(fed.occurred_at for fed in self.signatures)])
        return self._replace(signed_at=signed_at, since=at if rules else self.since)

    def has_signed(self, signatory: Signatory) -> bool:
        """In a group each of those who are coached signs; a side of one person has signed when it did."""
        people = [one.person_id for one in self.terms.parties if one.party == signatory.party]
        signed = [fed for fed in self.signatures if isinstance(fed.event, AgreementSigned) and fed.event.party == signatory.party]
        return any(len(people) == 1 or fed.meta.actor == signatory.person_id for fed in signed)


class Anew(NamedTuple):
    """That an agreement was opened to be agreed anew, and when the new terms came into force, or it was taken back; None: not yet."""

    opened: Fed
    number: int
    amended: Fed | None = None
    withdrawn: Fed | None = None

    @property
    def ended(self) -> Fed | None:
        return self.amended or self.withdrawn


class Agreements(NamedTuple):
    """What was agreed in an engagement up to a moment, in order."""

    versions: tuple[Version, ...] = ()
    anew: tuple[Anew, ...] = ()
    gone: frozenset[UUID] = frozenset()
    """Who left a group: they need not sign any more."""

    @property
    def is_open(self) -> bool:
        return bool(self.anew) and self.anew[-1].ended is None

    def at(self, moment: datetime) -> Version | None:
        """The terms that ruled then."""
        ruled = [(one.since, one) for one in self.versions if one.since is not None and one.since <= moment]
        return max(ruled, key=lambda one: one[0])[1] if ruled else None

    def was_open(self, moment: datetime) -> bool:
        """Whether the agreement was being agreed anew then."""
        return any(one.opened.occurred_at <= moment and (one.ended is None or moment < one.ended.occurred_at) for one in self.anew)


def agreements_of(case: Case, until: datetime) -> Agreements:
    """By the times at which the parties signed."""
    found = Agreements()
    for fed in case.events:
        if fed.occurred_at <= until:
            found = followed(found, fed)
    return found


def followed(found: Agreements, fed: Fed) -> Agreements:
    match fed.event:
        case AgreementTerms() as terms:
            return found._replace(versions=(*found.versions, Version(fed, terms)))
        case AgreementSigned(agreement_version=number):
            signed = [
                one._replace(signatures=(*one.signatures, fed)) if one.terms.agreement_version == number else one for one in found.versions
            ]
            return completed(found._replace(versions=tuple(signed)), fed.occurred_at)
        case MemberAdded(client_id=client):
            return found._replace(gone=found.gone - {client})
        case MemberRemoved(client_id=client):
            return completed(found._replace(gone=found.gone | {client}), fed.occurred_at)
        case RecontractingOpened(agreement_version=number):
            return found._replace(anew=(*found.anew, Anew(fed, number)))
        case RecontractingWithdrawn() if found.anew:
            anew = tuple(one if one.ended else one._replace(withdrawn=fed) for one in found.anew)
            return found._replace(anew=anew)
        case AgreementAmended() if found.versions and found.anew:
            ruling = found.versions[-1]._replace(since=fed.occurred_at)
            anew = tuple(one if one.ended else one._replace(amended=fed) for one in found.anew)
            return found._replace(versions=(*found.versions[:-1], ruling), anew=anew)
    return found


def completed(found: Agreements, at: datetime) -> Agreements:
    """The last terms rule as soon as everybody has signed, but while they are agreed anew."""
    if not found.versions:
        return found
    return found._replace(versions=(*found.versions[:-1], found.versions[-1].completed(at, found.gone, rules=not found.is_open)))
