"""Reads a page as a browser does, as far as the tests ask: its elements, its addresses and its words."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

ADDRESSES = {"href", "src", "action", "srcset", "data", "poster", "background", "xlink:href", "formaction"}


class Element(NamedTuple):
    name: str
    attributes: dict[str, str]


class Markup(HTMLParser):
    """`elements` in their order; `words` is all that stands between them, with single spaces."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.pieces: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.pieces).split())

    @property
    def addresses(self) -> set[str]:
        return {value for one in self.elements for name, value in one.attributes.items() if name in ADDRESSES}

    def all(self, name: str) -> list[Element]:
        return [one for one in self.elements if one.name == name]
