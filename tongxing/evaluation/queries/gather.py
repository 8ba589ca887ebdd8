"""Collects everything that a report is written from."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.plan import plan
from tongxing.evaluation.inputs import Basis, Inputs
from tongxing.evaluation.models import Evaluation
from tongxing.evaluation.queries.figures import counted_figures, published_figures, stood
from tongxing.evaluation.queries.gaps import clause_lines, gap_lines, policy_gaps
from tongxing.evaluation.queries.prose import pieces
from tongxing.evaluation.queries.register import document_lines, project_lines, task_lines
from tongxing.plan.queries.standings import Entered
from tongxing.plan.words import spoken_definition
from tongxing.programme.catalogue import city_code


@dataclass(frozen=True)
class Making:
    """`prose_until`: the id of the last version of prose that goes in. `entered`: numbers that people had entered."""

    evaluation: Evaluation
    entered: Entered
    prose_until: int
    release: str = ""


def gather(making: Making) -> Inputs:
    """About forty queries, whatever the size of the city."""
    evaluation, is_public = making.evaluation, bool(making.release)
    count, content = evaluation.count, plan(settings.PACK)
    standing = stood(count, making.entered)
    if is_public:
        figures = published_figures(making.release, {id_: each.aim.why for id_, each in standing.items()})
    else:
        figures = counted_figures(count, standing, city_code())
    return Inputs(
        basis=_basis(making),
        known=content.indicators,
        definitions={id_: spoken_definition(each, count.as_of_date) for id_, each in content.indicators.items()},
        figures=figures,
        systems={id_: section.name for id_, section in content.sections.items()},
        tasks=task_lines(count.as_of_date),
        projects=project_lines(count.as_of_date, is_public=is_public),
        documents=document_lines(count.as_of_date),
        gaps=gap_lines(count, city_code(), is_public=is_public),
        policies=[] if is_public else policy_gaps(count),
        clauses=clause_lines(count),
        findings=content.findings,
        prose=pieces(evaluation, making.prose_until),
    )


def _basis(making: Making) -> Basis:
    evaluation, content = making.evaluation, plan(settings.PACK)
    count = evaluation.count
    divisions = pack(settings.PACK).divisions
    return Basis(
        kind=evaluation.kind,
        title=str(evaluation.get_kind_display()),
        issuer=divisions[0].name if divisions else "",
        plan_name=content.about.name,
        plan_status=content.about.status,
        from_date=evaluation.from_date,
        until_date=evaluation.until_date,
        as_of=count.as_of_date,
        cells=count.cells_digest,
        rules=count.run.pack_digest,
        persons=count.run.persons,
        holders=count.run.holders,
        release=making.release,
        is_synthetic=settings.DEMO,
    )
