"""What may be asked of the agreement."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from domain.command import Command
from domain.engagement.commands.course import Reasoned
from domain.engagement.events import AiUse, InformationFlow, SigningMethod, Term
from domain.values import Code, Digest, Prose


class InformationFlowBody(InformationFlow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the agreement lets reach that party at most. What does reach it is for the client's consent to say."""


class TermsBody(Command, frozen=True, kw_only=True):
    """What an agreement says. `seen` is the version of the engagement at which the terms that were read were put down, 0 when there were none.

    `information_flows` bound what the client's consent can let the sponsor see.
    """

    sessions: Annotated[int, Meta(ge=1, le=200)]
    cadence_days: Annotated[int, Meta(ge=1, le=92)]
    cancellation_hours: Annotated[int, Meta(ge=0, le=336)] = 24
    termination_days: Annotated[int, Meta(ge=0, le=366)] = 14
    confidentiality_limits: Annotated[tuple[Code, ...], Meta(max_length=20)] = ("law", "court_order", "danger")
    information_flows: Annotated[tuple[InformationFlowBody, ...], Meta(max_length=15)] = ()
    ai_use: AiUse = "none"
    text: Prose | None = None
    seen: Annotated[int, Meta(ge=0)] = 0


class DraftAgreement(TermsBody, frozen=True, kw_only=True):
    """Puts the terms down for client, coach and, where there is one, sponsor to sign; while recontracting is open, new ones.

    Until somebody has signed, a draft may be replaced: `seen` is the version of the engagement at which the draft that was
    read was made, 0 when there was none. `information_flows` bound what the client's consent can let the sponsor see.
    """


class ReviseAgreementTerms(TermsBody, frozen=True, kw_only=True):
    """Puts terms that nobody has signed yet down anew, and says why. All of them are given: what is left out has its default.

    `seen` is the version of the engagement at which the terms that were read were put down. After a signature the terms
    change only by recontracting.
    """

    seen: Annotated[int, Meta(ge=1)]
    reason_code: Code | None = None
    reason: Prose | None = None


class SignAgreement(Command, frozen=True, kw_only=True):
    """Signs the agreement for the side that the signer stands on. `digest` is that of the terms which were read."""

    digest: Digest
    method: SigningMethod = "click"


class OpenRecontracting(Reasoned, frozen=True, kw_only=True):
    """Lets the parties agree anew although there are signatures: `changes` name what is to be otherwise.

    The terms in force rule on. New ones are drafted, signed by every party, and then put into force.
    """

    changes: Annotated[tuple[Term, ...], Meta(min_length=1, max_length=9)]


class WithdrawRecontracting(Reasoned, frozen=True, kw_only=True):
    """Takes back that the parties are to agree anew: by who asked for it, or by who runs the program.

    Only while no new terms were put down, and while those that were to be changed rule: they go on.
    """


class AmendAgreement(Command, frozen=True, kw_only=True):
    """Puts the new terms into force, once every party has signed them, and ends the recontracting.

    What they no longer let reach the sponsor, the sponsor does not see from that moment on, whatever the client had consented to.
    """
