"""A28 read off a page, for the tests of every face.

A form that was wrong says so at the top, leads to the field, says how to put it right, and keeps what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}
CONTROLS = {"input", "select", "textarea", "button"}
HOW = re.compile("请|写|填|选|按|看|等|打|应当|再")  # a verb that says what to do next
Said = Mapping[str, str | list[str]]


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict[str, str]
    around: list[Element] = field(default_factory=list)
    text: str = ""

    def inside(self, tag: str) -> Element | None:
        return next((element for element in reversed(self.around) if element.tag == tag), None)


class Page(HTMLParser):
    """Its elements in order, each with those around it and with all its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, list(self._open)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def by_id(self, id_: str) -> Element | None:
        return next((element for element in self.elements if element.attrs.get("id") == id_), None)

    def name_of(self, control: Element) -> str:
        """What a screen reader calls it."""
        labels = [e for e in self.elements if e.tag == "label" and e.attrs.get("for") == control.attrs.get("id")]
        around = [control.inside("label"), control if control.tag == "button" else None]
        return "".join(each.text for each in [*labels, *around] if each).strip() or control.attrs.get("aria-label", "")


def faults(answer: Any, said: Said, *, unkept: tuple[str, ...] = ()) -> list[str]:
    """What the answer to a wrong form lacks. `unkept`: names whose value nobody sees again, such as passwords."""
    page = Page(answer.content.decode())
    found = [] if answer.status_code == 422 else [f"answered {answer.status_code} instead of 422"]
    title = next((element.text for element in page.elements if element.tag == "title"), "")
    found += [] if title.startswith("有错误：") else [f"the title does not say it: {title}"]
    return found + list(_summary(page)) + list(_lost(page, said, unkept))


def _summary(page: Page) -> Iterator[str]:
    summary = page.by_id("errors")
    links = [e for e in page.elements if summary in e.around and e.tag == "a"]
    if not links:
        yield "there is no summary with a link"
    for link in links:
        if not HOW.search(link.text):
            yield f"says not how to put it right: {link.text}"
        control = page.by_id(link.attrs["href"].removeprefix("#"))
        if control is None or control.tag not in CONTROLS or control.attrs.get("type") == "hidden":
            yield f"the link leads to no field: {link.attrs['href']}"
        elif not page.name_of(control):
            yield f"the field has no name: {control.attrs}"
        elif control.tag != "button" and not _says_itself(page, control, link.text):
            yield f"the field does not say itself what is wrong: {control.attrs}"


def _says_itself(page: Page, control: Element, words: str) -> bool:
    """A group of choices says it as a group."""
    group = control.inside("fieldset") if control.attrs.get("type") in ("radio", "checkbox") else control
    ids = (group.attrs if group else {}).get("aria-describedby", "").split()
    said = "".join(each.text for each in map(page.by_id, ids) if each)
    return words in said and (group is not control or control.attrs.get("aria-invalid") == "true")


def _lost(page: Page, said: Said, unkept: tuple[str, ...]) -> Iterator[str]:
    kept = {((e.inside("select") or e).attrs.get("name"), value) for e in page.elements for value in _values(e)}
    for name, values in said.items():
        for value in [values] if isinstance(values, str) else values:
            if value.strip() and name not in unkept and (name, value) not in kept:
                yield f"what was typed is lost: {name}={value}"


def _values(element: Element) -> Iterator[str]:
    if element.tag == "textarea":
        yield element.text
    if element.tag == "option" and "selected" in element.attrs:
        yield element.attrs.get("value", "")
    chosen = element.attrs.get("type") not in ("radio", "checkbox") or "checked" in element.attrs
    if element.tag == "input" and chosen:
        yield element.attrs.get("value", "")
