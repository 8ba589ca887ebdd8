"""A condition tree in a reader's words: the tree for ui/tree.html, what speaks for a benefit, what against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tongxing.rules.compile import NOT_HIGHER
from tongxing.rules.one import Tree

STATE = {True: "ok", False: "no", None: "ask"}
Say = Callable[[Sequence[str]], tuple[str, str]]  # names of facts → (what is known of them, who says so)


def spoken(tree: Tree, say: Say) -> dict[str, Any]:
    """Each condition with its state and, where it matters, what it rests on."""
    said: dict[str, Any] = {
        "label": tree.label,
        "state": STATE[tree.value] if tree.needed else "skip",
        "kind": tree.kind,
    }
    if tree.kind != "leaf":
        return said | {"items": [spoken(item, say) for item in tree.items]}
    note, source = say(list(tree.facts or ())) if tree.needed else ("", "")
    return said | {"note": note, "source": source}


def reasons(tree: Tree, known: Callable[[str], Any]) -> list[str]:
    """The conditions that something known fulfils. What only says that something is not so is no reason to read."""
    return list(dict.fromkeys(_reasons(tree, known)))


def _reasons(tree: Tree, known: Callable[[str], Any]) -> Iterator[str]:
    if not tree.needed or tree.value is not True:
        return
    for item in tree.items:
        yield from _reasons(item, known)
    values = [known(fact) for fact in tree.facts or ()]
    is_said = tree.kind == "leaf" and tree.label and tree.label != NOT_HIGHER
    if is_said and any(value is not None and value is not False for value in values):
        yield tree.label


def failed(tree: Tree) -> list[str]:
    """The conditions that decided against it, each by its own words."""
    if tree.value is not False or not tree.needed:
        return []
    if tree.label:
        return [tree.label]
    return [words for item in tree.items for words in failed(item)]


def deciding(tree: Tree) -> set[str]:
    """The facts behind the conditions that decided against it."""
    if tree.value is not False or not tree.needed:
        return set()
    return set(tree.facts or ()).union(*(deciding(item) for item in tree.items))
