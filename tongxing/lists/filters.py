"""What the address of a list page asks for, and how many that are: for pages, saved filters and the night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from django.conf import settings

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.casework import queries as cases
from tongxing.content.instance import pack
from tongxing.lists.models import SavedFilter
from tongxing.lists.words import KINDS
from tongxing.policy.models import Run
from tongxing.policy.queries import gaps, questions
from tongxing.policy.queries.runs import area, policies_for

Asked = Mapping[str, str]
Page = SavedFilter.Page
RIGHTS = {Page.GAPS: Right.SEE_LISTS, Page.CASES: Right.WORK_CASE, Page.QUESTIONS: Right.SEE_TASKS}


def gap_filter(actor: Actor, asked: Asked) -> tuple[gaps.Filter, str]:
    """(the filter, the division shown). ValueError for a list, policy or area that does not exist for this actor."""
    shown = policies_for(actor)
    kind, policy, division = asked.get("list", "missing"), asked.get("policy") or None, asked.get("area") or ""
    if kind not in KINDS or (policy and policy not in shown):
        raise ValueError("没有这张名单。")
    if division and (not division.isdigit() or len(division) != 12 or not division.startswith(actor.prefix)):
        raise ValueError("这个地方不在您的辖区里。")
    division = division or actor.division_code
    wanted = gaps.Filter(
        kind=kind,
        policy=policy,
        policies=tuple(shown),
        prefix=area(actor, division),
        reason=asked.get("reason") or None,
        min_months=whole(asked.get("months")),
        sort=asked.get("sort", "since"),
    )
    return wanted, division


def whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 0


def queue_filter(asked: Asked) -> cases.Wanted:
    """ValueError for a part or service that does not exist."""
    part, service = asked.get("part", "open"), asked.get("service", "")
    if part not in cases.PARTS or (service and service not in catalogue.known()):
        raise ValueError("没有这个队列。")
    return cases.Wanted(service, part, asked.get("sort", "due"))


def question_filter(actor: Actor, asked: Asked) -> questions.Wanted:
    """ValueError for a fact that nobody knows."""
    fact = asked.get("fact") or None
    if fact and fact not in pack(settings.PACK).facts:
        raise ValueError("没有这个问题。")
    return questions.Wanted(actor.prefix, list(policies_for(actor)), fact)


def counts(actor: Actor, run: Run | None, saved: Sequence[SavedFilter]) -> dict[int, int]:
    """How many each finds now, by its key; one question a kind of page, and nothing for what no longer exists."""
    parsed: dict[str, list[tuple[int, object]]] = {page: [] for page in Page.values}
    for one in saved:
        if may(actor, RIGHTS[Page(one.page)]):
            try:
                parsed[one.page].append((one.pk, parse(actor, one.page, one.query)))
            except ValueError:
                continue
    found: dict[int, int] = {}
    for page, wanted in parsed.items():
        if wanted and (run is not None or page == Page.CASES):
            keys, filters = zip(*wanted, strict=True)
            found |= dict(zip(keys, _count(actor, run, page, list(filters)), strict=True))
    return found


def parse(actor: Actor, page: str, query: str) -> object:
    """The filter of any of the pages. ValueError in words."""
    asked = dict(parse_qsl(query))
    if page == Page.GAPS:
        return gap_filter(actor, asked)[0]
    return queue_filter(asked) if page == Page.CASES else question_filter(actor, asked)


def _count(actor: Actor, run: Run | None, page: str, filters: list[object]) -> list[int]:
    if page == Page.CASES:
        return cases.counts(actor, [wanted for wanted in filters if isinstance(wanted, cases.Wanted)])
    assert run is not None
    if page == Page.GAPS:
        return gaps.counts(run, [wanted for wanted in filters if isinstance(wanted, gaps.Filter)])
    return questions.counts(run, [wanted for wanted in filters if isinstance(wanted, questions.Wanted)])
