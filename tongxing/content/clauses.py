"""Reads what the plan promises: plan/clauses/*.yaml, the units that answer, the draft's own defects, its sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongxing.content.blocks import Block, Items
from tongxing.content.fields import Fields, Mistakes
from tongxing.content.letters import EasyLine, lines_of
from tongxing.content.rooms import check_known, each
from tongxing.lib.place import Text, nearest

CLAUSE_KINDS = (
    *("indicator", "service", "programme", "entitlement", "facility", "governance", "duty", "workforce"),
    *("campaign", "regulation", "project", "monitoring", "data"),
)
LINK_KINDS = (
    *("policy", "service", "feed", "indicator", "fact", "param", "project", "document", "page", "clause"),
    *("purpose", "role"),
)


@dataclass(frozen=True)
class Clause:
    """One promise. `units`: the first leads. `links`: the live objects that carry it out, as `kind:id`.

    `say` is one plain sentence; `gap` says why nothing live carries it out yet.
    """

    id: Text
    title: str
    where: str
    kind: str
    units: Sequence[Text]
    capability: str
    target: str = ""
    same_as: Text | None = None
    covers: Sequence[Text] = ()
    due: date | None = None
    say: str = ""
    links: Sequence[Text] = ()
    gap: str = ""

    @property
    def section(self) -> str:
        """t1.5.2 → t1.5, b2.10 → b2, s4.3 → s4, i07 → i."""
        head, *rest = self.id.split(".")
        if not rest:
            return head.rstrip("0123456789") if head.startswith("i") else head
        return f"{head}.{rest[0]}" if head.startswith("t") else head


@dataclass(frozen=True)
class PlanUnit:
    """A unit that the plan names; `department` is ours, None where we have none."""

    name: Text
    department: Text | None


@dataclass(frozen=True)
class Finding:
    """A defect of the draft, for its drafters."""

    id: Text
    where: str
    what: str
    ask: str


@dataclass(frozen=True)
class Section:
    """A system (t1 …), or one of its items, a box, a safeguard. `easy` are Easy Read lines, each with a name of
    pictures.svg."""

    id: Text
    name: str
    system: str
    plain: str
    easy: Sequence[EasyLine]


@dataclass(frozen=True)
class About:
    """The plan itself: its official name, how far it has come (a draft, in force), its first and last day."""

    name: str = ""
    status: str = ""
    from_date: date = date.min
    until_date: date = date.max
    order: Sequence[str] = ()  # of the files of clauses


def read_about(block: Block, mistakes: Mistakes) -> About:
    if not block:
        return About()
    fields = Fields(block, mistakes, "about.yaml ")
    about = About(
        fields.words("name", need=True),
        fields.words("status", need=True),
        fields.day("from", need=True) or date.min,
        fields.day("until", need=True) or date.max,
        tuple(str(name) for name in fields.names("order")),
    )
    fields.finish()
    return about


def read_clauses(blocks: Mapping[str, Block], mistakes: Mistakes) -> dict[str, Clause]:
    """All files together, in the order of the files; an id stands once."""
    found: dict[str, Clause] = {}
    for block in blocks.values():
        for id_, fields in each(block, "条目", mistakes):
            if id_ in found:
                mistakes.note(f"条目 {id_} 写了两遍", id_.place)
            found[str(id_)] = _clause(id_, fields)
    return found


def _clause(id_: Text, fields: Fields) -> Clause:
    return Clause(
        id=id_,
        title=fields.words("title", need=True),
        where=fields.words("where", need=True),
        kind=fields.choice("kind", CLAUSE_KINDS),
        units=fields.names("units", need=True),
        capability=fields.words("capability", need=True),
        target=fields.words("target"),
        same_as=fields.text("same_as"),
        covers=fields.names("covers"),
        due=fields.day("due"),
        say=fields.words("say", need=True),
        links=fields.names("links"),
        gap=fields.words("gap"),
    )


def read_units(block: Block | None, departments: Iterable[str], mistakes: Mistakes) -> dict[str, PlanUnit]:
    """{name: {department?}}."""
    found = {}
    for name, fields in each(block or Block(), "单位", mistakes):
        department = fields.text("department")
        check_known(department, departments, "部门", mistakes)
        found[str(name)] = PlanUnit(name, department)
    return found


def read_findings(items: Items, mistakes: Mistakes) -> list[Finding]:
    found = []
    for item in items:
        fields = Fields(item, mistakes, "问题 ")
        id_ = fields.text("id", need=True) or Text("", fields.place)
        found.append(Finding(id_, *(fields.words(key, need=True) for key in ("where", "what", "ask"))))
        fields.finish()
    return found


def read_sections(block: Block | None, mistakes: Mistakes) -> dict[str, Section]:
    return {
        str(id_): Section(
            id_,
            fields.words("name", need=True),
            fields.words("system"),
            fields.words("plain", need=True),
            tuple(lines_of(fields.items("easy"), (), mistakes)),
        )
        for id_, fields in each(block or Block(), "部分", mistakes)
    }


def check_clause(
    clause: Clause, clauses: Mapping[str, Clause], units: Mapping[str, PlanUnit], mistakes: Mistakes
) -> None:
    """Units and other clauses exist; either something carries it out, or it is said why nothing does."""
    for name in clause.units if units else ():
        check_known(name, units, "单位", mistakes)
    for other in (clause.same_as, *clause.covers):
        check_known(other, clauses, "条目", mistakes)
    if bool(clause.links) == bool(clause.gap):
        mistakes.note(f"条目 {clause.id} 要么有 links，要么用 gap 说明为什么没有，不能都写或都不写", clause.id.place)


def check_links(clause: Clause, known: Mapping[str, Iterable[str]], mistakes: Mistakes) -> None:
    """Every link leads to something that exists. Kinds that `known` does not hold are looked at elsewhere."""
    for link in clause.links:
        kind, _, id_ = link.partition(":")
        if kind not in LINK_KINDS or not id_:
            mistakes.note(f"links 要写成“类别:名字”，类别是 {'、'.join(LINK_KINDS)}", link.place)
        elif kind in known and id_ not in known[kind]:
            mistakes.note(f"没有 {link}{nearest(id_, known[kind])}", link.place)
        elif link == f"clause:{clause.id}":
            mistakes.note("不能连到自己", link.place)
