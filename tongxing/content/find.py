"""Reads find.yaml: what a guest is asked by “我能得到什么”, in which words, and how the results are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block, Value
from tongxing.content.extra import read_extra
from tongxing.content.fields import Fields, Mistakes, check_name
from tongxing.content.inline_tests import value_of
from tongxing.content.instance import pack as instance
from tongxing.content.pack import Pack, Plain
from tongxing.content.rooms import check_known, each
from tongxing.lib.place import Text, nearest, place_of

FILE = "find.yaml"
MOST = 6


@dataclass(frozen=True)
class Option:
    """One answer: the words, and the facts that it makes known."""

    say: str
    about: str
    sets: Mapping[str, Plain]


@dataclass(frozen=True)
class Asked:
    """A question with options of its own, or (`years`) an age typed in, from which a day follows."""

    id: Text
    ask: str
    label: str
    hint: str = ""
    why: str = ""
    options: Sequence[Option] = ()
    years: Text | None = None


@dataclass(frozen=True)
class Wording:
    """Other words for the question that a fact brings along. `never`: an answer for what has not happened at all."""

    ask: str = ""
    hint: str = ""
    why: str = ""
    never: str = ""


@dataclass(frozen=True)
class Group:
    """`picture` is a name of pictures.svg."""

    name: str
    picture: str
    policies: Sequence[Text]


@dataclass(frozen=True)
class Find:
    """`given` is never asked; `presume` is taken as a no, said, and asked last; `open` are asked first."""

    most: int = MOST
    given: Mapping[str, Plain] = field(default_factory=dict)
    presume: Sequence[Text] = ()
    leave_out: Sequence[Text] = ()
    open: Sequence[Text] = ()
    questions: Mapping[str, Asked] = field(default_factory=dict)
    words: Mapping[str, Wording] = field(default_factory=dict)
    groups: Sequence[Group] = ()


@lru_cache(maxsize=4)
def find(folder: Path) -> Find:
    """The questions of the pack in `folder`, read once. Raises PackErrors."""
    return read_find(instance(folder))


def read_find(pack: Pack) -> Find:
    """find.yaml held against facts and policies; a pack without one asks nothing first. Raises PackErrors."""

    def whole(block: Block, mistakes: Mistakes) -> Find:
        found = _find(block, pack, mistakes)
        _check_groups(found, block, pack, mistakes)
        return found

    return read_extra(pack.folder, FILE, whole, Find())


def _find(block: Block, pack: Pack, mistakes: Mistakes) -> Find:
    fields = Fields(block, mistakes, FILE + " ")
    questions = fields.raw("questions") or Block()
    words = fields.raw("words") or Block()
    found = Find(
        most=fields.whole("most") or MOST,
        given=_sets(fields.inner("given"), pack, mistakes),
        presume=_noes(fields, pack, mistakes),
        leave_out=fields.names("leave_out"),
        open=fields.names("open"),
        questions=_questions(questions, pack, mistakes) if isinstance(questions, Block) else {},
        words=_words(words, pack, mistakes) if isinstance(words, Block) else {},
        groups=tuple(_group(item, mistakes) for item in fields.items("groups")),
    )
    fields.finish()
    for name in found.open:
        check_known(name, [*found.questions, *pack.facts], "问题", mistakes)
    return found


def _questions(block: Block, pack: Pack, mistakes: Mistakes) -> dict[str, Asked]:
    found = {}
    for id_, fields in each(block, "问题", mistakes):
        check_name(id_, mistakes)
        if id_ in pack.facts:
            mistakes.note(f"{id_} 是一个事实的名字，问题要叫别的", id_.place)
        years, options = fields.text("years"), fields.items("options")
        if (years is None) == (not options):
            mistakes.note("要么写 options，要么写 years", fields.place)
        if years is not None:
            _check_day(years, pack, mistakes)
        found[str(id_)] = Asked(
            id=id_,
            ask=fields.words("ask", need=True),
            label=fields.words("label", need=True),
            hint=fields.words("hint"),
            why=fields.words("why"),
            options=tuple(_option(item, pack, mistakes) for item in options),
            years=years,
        )
    return found


def _check_day(name: Text, pack: Pack, mistakes: Mistakes) -> None:
    check_known(name, pack.facts, "事实", mistakes)
    if name in pack.facts and pack.facts[name].type != "date":
        mistakes.note(f"years 要是一个日期，{name} 不是", name.place)


def _option(item: Value, pack: Pack, mistakes: Mistakes) -> Option:
    fields = Fields(item, mistakes, "选项")
    option = Option(
        say=fields.words("say", need=True),
        about=fields.words("about"),
        sets=_sets(fields.inner("sets"), pack, mistakes),
    )
    if fields.real and not option.sets:
        mistakes.note("选项缺少 sets", fields.place)
    fields.finish()
    return option


def _sets(values: Mapping[Text, Value], pack: Pack, mistakes: Mistakes) -> dict[str, Plain]:
    """Facts of a person or a household with their values."""
    found: dict[str, Plain] = {}
    for name, text in values.items():
        fact = pack.facts.get(name)
        if fact is None:
            mistakes.note(f"没有事实 {name}{nearest(name, pack.facts)}", name.place)
        elif fact.unit == "employer":
            mistakes.note(f"{name} 是单位的事实，这里只问人和家庭", name.place)
        elif not isinstance(text, Text):
            mistakes.note(f"{name} 要是一个值", place_of(text))
        else:
            try:
                found[str(name)] = value_of(fact, text)
            except ValueError as wrong:
                mistakes.note(str(wrong), text.place)
    return found


def _noes(fields: Fields, pack: Pack, mistakes: Mistakes) -> tuple[Text, ...]:
    """Names of facts that are a yes or a no."""
    names = fields.names("presume")
    for name in names:
        check_known(name, pack.facts, "事实", mistakes)
        if name in pack.facts and pack.facts[name].type != "bool":
            mistakes.note(f"presume 里只能是“是或不是”的事实，{name} 不是", name.place)
    return names


def _words(block: Block, pack: Pack, mistakes: Mistakes) -> dict[str, Wording]:
    found = {}
    for name, fields in each(block, "事实", mistakes):
        check_known(name, pack.facts, "事实", mistakes)
        found[str(name)] = Wording(
            fields.words("ask"), fields.words("hint"), fields.words("why"), fields.words("never")
        )
    return found


def _group(item: Value, mistakes: Mistakes) -> Group:
    fields = Fields(item, mistakes, "分组")
    group = Group(
        fields.words("name", need=True), fields.words("picture", need=True), fields.names("policies", need=True)
    )
    fields.finish()
    return group


def _check_groups(found: Find, block: Block, pack: Pack, mistakes: Mistakes) -> None:
    """Each policy for people stands in one group or is left out, so that none is forgotten."""
    named = [*found.leave_out, *(name for group in found.groups for name in group.policies)]
    wanted = [name for name, policy in pack.policies.items() if policy.unit != "employer"]
    for name in named:
        check_known(name, wanted, "给人或家庭的政策", mistakes)
    for name in _twice(named):
        mistakes.note(f"{name} 写了两遍", name.place)
    for id_ in wanted:
        if id_ not in named:
            mistakes.note(f"groups 和 leave_out 里都没有 {id_}", block.place)


def _twice(names: Iterable[Text]) -> list[Text]:
    seen = set[str]()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
