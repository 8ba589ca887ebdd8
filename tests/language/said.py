"""All that residents read, as sentences with the place where each stands: pages, letters, messages, content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "content" / "beihai"
FACES = ("portal", "public", "ui")
NOT_FOR_RESIDENTS = {"design.html", "desk.html", "tree.html", "tree_node.html"}
_TEMPLATE = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
_BLOCK = re.compile(
    r"</?(?:p|li|h[1-6]|div|section|article|aside|label|legend|button|td|th|tr|dt|dd|dl|ul|ol|summary|caption|br|option"
    r"|span|b|small|figcaption|header|footer|nav|form|fieldset|select|table|svg|input|textarea|details|title|a)\b[^>]*>"
)
_END = re.compile(r"[。！？；…\n]+|(?<=[\u4e00-\u9fff])：")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Sentence:
    """`where` is a file, or a file and the key of an entry."""

    where: str
    words: str

    @property
    def length(self) -> int:
        """Characters, without blanks and punctuation."""
        return len(re.sub(r"[\W_]", "", self.words))

    def __str__(self) -> str:
        return f"{self.where}（{self.length} 字）：{self.words}"


def sentences(where: str, text: str) -> Iterator[Sentence]:
    for part in _END.split(text):
        if _HAN.search(part):
            yield Sentence(where, part.strip())


def of_templates() -> Iterator[Sentence]:
    for face in FACES:
        for path in sorted((ROOT / "tongxing" / face / "templates").rglob("*.html")):
            if path.name not in NOT_FOR_RESIDENTS and "signing" not in path.parts:
                where = str(path.relative_to(ROOT / "tongxing"))
                yield from sentences(where, _text(path.read_text(encoding="utf-8")))


def _text(template: str) -> str:
    """Text of a template: a value counts as one character, the branches of a condition are told apart."""
    text = _TEMPLATE.sub("", template)
    text = re.sub(r"\{\{.*?\}\}", "某", text, flags=re.S)
    text = re.sub(r"\{% (?:if|elif|else|endif|for|endfor|empty|include|block|endblock)\b.*?%\}", "\n", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.S)
    text = _BLOCK.sub("\n", text)
    return re.sub(r"<[^>]+>", "", text)


def load(name: str) -> dict[str, object]:
    return dict(YAML(typ="safe").load(PACK / name))


def of_content() -> Iterator[Sentence]:
    """What a policy says of itself, the questions about facts, and the words of the guest's questions."""
    for path in sorted((PACK / "policies").glob("*.yaml")):
        found = load(f"policies/{path.name}")
        if found.get("unit") != "employer":
            yield from sentences(f"policies/{path.name}", str(found.get("summary", "")))
    for name, fact in load("facts.yaml").items():
        if isinstance(fact, dict) and "ask" in fact and fact.get("unit") != "employer":
            yield from sentences(f"facts.yaml {name}", str(fact["ask"]))
    yield from _words(load("find.yaml"), "find.yaml", {"ask", "hint", "why", "say", "about", "label", "never"})
    yield from _words(load("glossary.yaml"), "glossary.yaml", {"plain"})


def of_plan() -> Iterator[Sentence]:
    yield from _words(load("plan/sections.yaml"), "plan/sections.yaml", {"plain"})


def of_easy() -> Iterator[Sentence]:
    """Every line of the Easy Read files is a sentence."""
    for name in ("easy.yaml", "letters.yaml"):
        for sentence in _words(load(name), name, {"say"}):
            if "{" not in sentence.words:
                yield sentence
    yield from _words(load("plan/sections.yaml"), "plan/sections.yaml", {"say"})


def _words(value: object, where: str, keys: set[str]) -> Iterator[Sentence]:
    """Texts under these keys, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys and not isinstance(inner, dict):
                for text in inner if isinstance(inner, list) else [inner]:
                    yield from sentences(f"{where} {key}", str(text))
            else:
                yield from _words(inner, f"{where} {key}" if isinstance(inner, dict) else where, keys)
    elif isinstance(value, list):
        for at, inner in enumerate(value, start=1):
            yield from _words(inner, f"{where} {at}", keys)


def everything() -> Sequence[Sentence]:
    return [*of_templates(), *of_content(), *of_plan()]
