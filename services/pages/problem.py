"""What each problem means, under the address that its `type` names: a page for a browser, JSON for a program."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, Router
from litestar.params import FromPath

from domain.errors import Refusal
from services.answers import on_refusal
from services.contract.meaning import ProblemKind, ProblemKinds, problem_kind, problem_kinds
from services.pages.page import page
from services.pages.refusal import from_browser, refused
from services.permission.table import PUBLIC
from services.reading.route import read

BY_ACCEPT: Final = {"Vary": "Accept"}


@read("/", PUBLIC, ProblemKinds, "List every problem.\n\nWhat any request may be refused with, and what that means.", says=("Vary",))
async def list_problems(request: Request[Any, Any, Any]) -> Response[Any]:
    kinds = problem_kinds()
    return negotiated(request, kinds, "problems.html", kinds=kinds.items)


@read("/{code:str}", PUBLIC, ProblemKind, "What a problem means.\n\nThe `type` of every problem leads here.", says=("Vary",))
async def explain_problem(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    kind = problem_kind(code)
    return negotiated(request, kind, "problem.html", kind=kind)


def negotiated(request: Request[Any, Any, Any], answer: ProblemKind | ProblemKinds, template: str, **shown: Any) -> Response[Any]:
    """The same in the form that was asked for."""
    if not from_browser(request):
        return Response(answer, headers=BY_ACCEPT)
    made = page(template, reader=None, here="", **shown)
    made.headers |= BY_ACCEPT
    return made


def unknown(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    return refused(request, refusal) if from_browser(request) else on_refusal(request, refusal)


PROBLEMS: Final = Router("/problems", route_handlers=[list_problems, explain_problem], exception_handlers={Refusal: unknown})
