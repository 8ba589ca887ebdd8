"""A page as a reader sees it: its title, its links with what they say, the rows of its tables, its whole text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Link:
    """`number` is what stands out in it: a figure, a count in bold, or a link that is nothing but a number."""

    href: str
    text: str = ""
    strong: str = ""

    @property
    def number(self) -> int | None:
        said = (self.strong or self.text).split("▲")[0].strip().replace(",", "")
        return int(said) if said.isdigit() else None


@dataclass
class Table:
    """Cells by row, head and foot included; `links` of a row are the addresses in it."""

    rows: list[list[str]] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)
    part: list[str] = field(default_factory=list)  # thead, tbody or tfoot of each row

    def body(self) -> list[tuple[list[str], list[str]]]:
        return [pair for *pair, part in zip(self.rows, self.links, self.part, strict=True) if part == "tbody"]  # type: ignore[misc]


class Page(HTMLParser):
    """Reads on construction. `text` is everything that is shown or read out, blanks as they come."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.text = "", ""
        self.links: list[Link] = []
        self.tables: list[Table] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a":
            self.links.append(Link(said.get("href") or ""))
            if self.tables and self._in("tr"):
                self.tables[-1].links[-1].append(said.get("href") or "")
        if tag == "table":
            self.tables.append(Table())
        if tag == "tr":
            table = self.tables[-1]
            table.rows.append([])
            table.links.append([])
            inside = (name for name, _ in reversed(self.open) if name in ("thead", "tbody", "tfoot"))
            table.part.append(next(inside, ""))
        if tag in ("td", "th"):
            self.tables[-1].rows[-1].append("")
        if tag not in VOID:
            self.open.append((tag, said.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, words: str) -> None:
        if self._in("title"):
            self.title += words
        self.text += words
        if self._in("a"):
            self.links[-1].text += words
            if self._in("b") or any("fig" in style.split() for _, style in self.open):
                self.links[-1].strong += words
        if (self._in("td") or self._in("th")) and self.tables:
            self.tables[-1].rows[-1][-1] += words

    def _in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)


@lru_cache(maxsize=4)
def read(html: str) -> Page:
    """Not to be changed: who asks for the same page again gets the same."""
    return Page(html)
