"""Puts the sections of a report in their order. Pure."""

from __future__ import annotations

from tongxing.evaluation.inputs import Basis, Inputs
from tongxing.evaluation.sections import closing, indicators, opening, work
from tongxing.lib.dates import spoken_date
from tongxing.reports.document import Report, Section

NUMBERS = "一二三四五六七八九"


def assemble(inputs: Inputs) -> Report:
    basis = inputs.basis
    return Report(
        title=f"{basis.plan_name}{basis.title}报告",
        subtitle="公布的一份" if basis.is_public else "内部的一份，不能外传",
        issuer=basis.issuer,
        as_of=basis.as_of,
        facts=_cover(basis),
        sections=_numbered(_sections(inputs)),
    )


def _sections(inputs: Inputs) -> list[Section]:
    return [
        opening.method(inputs),
        opening.glance(inputs),
        *indicators.indicators(inputs),
        indicators.boxes(inputs),
        work.tasks(inputs),
        work.money(inputs),
        closing.gaps(inputs),
        closing.measures(inputs),
        work.documents(inputs),
        closing.findings(inputs),
        *closing.annex(inputs),
    ]


def _numbered(sections: list[Section]) -> list[Section]:
    """The chapters get their numbers; the annex has none."""
    chapters = [section.id for section in sections if section.level == 1 and section.id != "annex"]
    names = {id_: f"{NUMBERS[place]}、" for place, id_ in enumerate(chapters)}
    return [Section(each.id, each.level, names.get(each.id, "") + each.title, each.blocks) for each in sections]


def _cover(basis: Basis) -> list[tuple[str, str]]:
    release = [("公布的是哪一期", basis.release)] if basis.is_public else []
    return [
        ("评的时间", f"{spoken_date(basis.from_date)}到{spoken_date(basis.until_date)}"),
        ("数据截到", spoken_date(basis.as_of)),
        *release,
        ("数据指纹", basis.cells[:16]),
    ]
