"""What of a page is read aloud: the text of <main> line by line, as a screen reader meets it."""

from __future__ import annotations

from html.parser import HTMLParser

_SILENT = {"script", "style", "svg", "rt", "select", "textarea", "audio"}
_INLINE = {"a", "b", "em", "i", "small", "span", "ruby", "kbd", "abbr"}
_VOID = {"input", "br", "hr", "img", "use", "path", "meta", "link", "source", "wbr"}


def heard_lines(page: str) -> list[str]:
    """Text of the first <main>; what a form asks is in it; what was typed, and what screen readers pass by, is not."""
    reader = _Reader()
    reader.feed(page)
    return [line for line in (" ".join(part.split()) for part in "".join(reader.parts).split("\n")) if line]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # of <main> and what is open in it: name, whether it is silent

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")
        if tag in _VOID or (not self._open and tag != "main"):
            return
        said = dict(attrs)
        is_silent = tag in _SILENT or said.get("aria-hidden") == "true" or bool({"hidden", "data-aloud"} & said.keys())
        self._open.append((tag, is_silent or self._is_silent))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")
        while self._open and any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._open and not self._is_silent:
            self.parts.append(data)

    @property
    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]
