"""What the tests of pages read HTML with: its elements, and the text that people see or hear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "path"})


@dataclass
class Element:
    """An element of a page; `text` is all within it, with single spaces."""

    name: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.parts)).strip()


class Page(HTMLParser):
    """A page as a list of elements in order. AssertionError if it is not well-formed."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html.decode())
        self.close()
        assert not self._open, f"not closed: {[element.name for element in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().name == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)

    def all(self, name: str, **attributes: str) -> list[Element]:
        """The elements with this name (`*`: any), class (`of`) and other attributes."""
        wanted = {"class" if name == "of" else name: value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if name in ("*", element.name)
            and all(value in element.attributes.get(key, "").split() for key, value in wanted.items())
        ]

    def part(self, id: str) -> Element | None:
        """The section with this id."""
        return next(iter(self.all("section", id=id)), None)

    @property
    def text(self) -> str:
        """All text, and what is said of pictures."""
        labels = [element.attributes.get("aria-label", "") for element in self.elements]
        titles = [element.attributes.get("title", "") for element in self.elements]
        return " ".join([self.elements[0].text, *labels, *titles])
