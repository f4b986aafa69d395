"""The frame of every page: templates, the one stylesheet, and the headers that forbid everything else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

from jinja2 import BaseLoader, DictLoader, Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Response
from markupsafe import Markup, escape

from projections.sentence import ERASED, WITHHELD
from services.pages import words
from services.reading.view import Hidden
from services.wording.language import Language
from services.wording.spoken import say, speaking, spoken

STYLE: Final = files("services.pages").joinpath("style.css").read_bytes()
STYLE_PATH: Final = f"/assets/style.{hashlib.sha256(STYLE).hexdigest()[:16]}.css"
MARK: Final = files("services.pages").joinpath("mark.svg").read_bytes()
MARK_PATH: Final = f"/assets/mark.{hashlib.sha256(MARK).hexdigest()[:16]}.svg"

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers send `Origin: null`, also with our own forms
    "Cache-Control": "no-store",
}

MARKS: Final = {WITHHELD: "withheld", ERASED: "gone"}
"""How a sentence says that a word is missing, and the class that shows it."""
ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#@%+=,\[\]-]+")


def marked(sentence: str) -> Markup:
    """A sentence with what is missing in it set apart."""
    text = str(escape(sentence))
    for mark, name in MARKS.items():
        missing = say(mark)
        text = text.replace(missing, f'<span class="{name}">{missing[1:-1]}</span>')
    return Markup(text)  # noqa: S704 - escaped above


def linked(text: str) -> Markup:
    """A plain text in which addresses can be followed."""
    return Markup(ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', str(escape(text))))  # noqa: S704 - escaped, and no address holds a quote


def gathered(loader: BaseLoader) -> Environment:
    """Every template is read at once, all of one release: files that are replaced while this process runs belong to the next. Each
    is compiled when it is shown first: to do it for all of them was a sixth of a process's start."""
    templates = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # none is ever forgotten
    )
    templates.filters |= FILTERS
    templates.tests["hidden"] = lambda value: isinstance(value, Hidden)
    templates.globals |= {"style_path": STYLE_PATH, "mark_path": MARK_PATH, "lang": lang, "say": mark, "plain": say}
    templates.loader = DictLoader({name: loader.get_source(templates, name)[0] for name in loader.list_templates()})
    return templates


def lang() -> str:
    return spoken().code


def mark(id: str, **values: object) -> Markup:
    """A message or a sentence in the language of the page, as HTML; in an attribute `plain` says it."""
    return spoken().mark(id, **values)


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "words": words.words,
    "word": words.word,
    "told": lambda sentence: spoken().word(sentence),
    "number": words.number,
    "amount": words.amount,
    "day": words.day,
    "instant": words.instant,
    "count": words.count,
    "kind": words.kind,
    "marked": marked,
    "linked": linked,
}
TEMPLATES: Final = gathered(PackageLoader("services.pages"))


def page(template: str, *, status: int = 200, language: Language | None = None, **shown: Any) -> Response[str]:
    """A template as an answer, in the request's language, or in one that is known better. Everything that is shown is escaped, unless
    it was drawn here."""
    with speaking(language or spoken()):
        text = TEMPLATES.get_template(template).render(status=status, **shown)
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=HEADERS)
