"""The registry: what needs assessments can be launched with, the product's own questionnaire and those that the organization brought."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from domain.errors import NotFound
from domain.organization.state import OrganizationState
from domain.questionnaire import INSTRUMENTS, Competency, Instrument, LicensedInstrument, current
from domain.values import Code
from services.actor import Actor
from services.assessment.asked import PointAnswer, points
from services.reading.caching import Tags
from services.reading.reads import Look, Reads
from services.reading.route import read, shown

Brought: TypeAlias = Literal["product", "organization"]


class StatementAnswer(Struct, frozen=True, kw_only=True):
    """A statement as the client reads it about themselves, and as raters read it about the client."""

    item: Code
    own: str
    of_others: str


class InstrumentCompetencyAnswer(Struct, frozen=True, kw_only=True):
    """A competency with the items that ask for it."""

    competency: Code
    label: str
    items: tuple[StatementAnswer, ...]


class ScoringAnswer(Struct, frozen=True, kw_only=True):
    """How answers become scores, and by which ruleset competencies are classed."""

    person: Literal["mean_of_answered_items"] = "mean_of_answered_items"
    group: Literal["mean_of_people"] = "mean_of_people"
    not_applicable: Literal["left_out"] = "left_out"
    classes: Code


class InstrumentAnswer(Struct, frozen=True, kw_only=True):
    """A questionnaire: what it asks, in which language, on which scale, lowest point first, and how it is scored.

    `version` is what assessments are launched with from now on; one that was launched keeps its own.
    """

    code: Code
    version: int
    label: str
    brought_by: Brought
    licence: str | None
    language: Code
    scale_version: int
    scale: tuple[PointAnswer, ...]
    scoring: ScoringAnswer
    competencies: tuple[InstrumentCompetencyAnswer, ...]


class InstrumentsAnswer(Struct, frozen=True, kw_only=True):
    """All that assessments can be launched with, by their codes."""

    items: tuple[InstrumentAnswer, ...]


def instrument_answer(one: Instrument, classes: Code, licensed: LicensedInstrument | None) -> InstrumentAnswer:
    return InstrumentAnswer(
        code=one.code,
        version=one.version,
        label=one.label,
        brought_by="product" if licensed is None else "organization",
        licence=None if licensed is None else licensed.licence,
        language=one.language,
        scale_version=one.scale_version,
        scale=points(one),
        scoring=ScoringAnswer(classes=classes),
        competencies=tuple(competency_answer(code, competency) for code, competency in one.competencies.items()),
    )


def competency_answer(code: Code, one: Competency) -> InstrumentCompetencyAnswer:
    items = tuple(StatementAnswer(item=item, own=own, of_others=one.of_others[item]) for item, own in one.items.items())
    return InstrumentCompetencyAnswer(competency=code, label=one.label, items=items)


def known(look: Look) -> dict[Code, InstrumentAnswer]:
    organization: OrganizationState = look.organization
    classes = organization.rulesets(look.today).johari
    product = {code: found for code, _ in INSTRUMENTS if (found := current(code)) is not None}
    made = {code: instrument_answer(one, classes, None) for code, one in product.items()}
    made |= {code: instrument_answer(one.instrument, classes, one) for code, one in organization.own_instruments.items()}
    return dict(sorted(made.items()))


@read(
    "/v1/instruments",
    "list_instruments",
    InstrumentsAnswer,
    "List the instruments.\n\nWhat needs assessments can be launched with: competencies, items, scale, language and scoring of each.",
)
async def list_instruments(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], tags: NamedDependency[Tags]
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_instruments")
    assert look.reading.head is not None  # the organization exists
    return await shown(request, tags, actor, InstrumentsAnswer(items=tuple(known(look).values())), look.reading.head.position)


@read(
    "/v1/instruments/{code:str}",
    "read_instrument",
    InstrumentAnswer,
    "Look at an instrument.\n\nIts competencies, items, scale, language and scoring, as the next assessment asks them.",
)
async def read_instrument(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    code: FromPath[str],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_instrument")
    assert look.reading.head is not None  # the organization exists
    found = known(look).get(code)
    if found is None:
        raise NotFound("There is no instrument of that code: GET /v1/instruments lists those there are.", known=list(known(look)))
    return await shown(request, tags, actor, found, look.reading.head.position)


ROUTES: Final = (list_instruments, read_instrument)
