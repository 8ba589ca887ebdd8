"""How many records stand behind each live object that a clause may link to: a fixed number of questions for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.db.models import Count as Number

from tongxing.accounts.models import Post
from tongxing.casework.models import Case
from tongxing.content.instance import pack
from tongxing.content.plan import plan
from tongxing.exchange.models import Batch
from tongxing.plan.models import Count, Statistic
from tongxing.plan.queries.figures import indicator_figures
from tongxing.policy.models import Run
from tongxing.policy.queries.figures import by_policy
from tongxing.policy.queries.runs import ask, folder_of, newest_run
from tongxing.programme import queries as programme
from tongxing.registry.models import ListReceived
from tongxing.warehouse.store import known_values

Records = Mapping[str, int]


def records_by_link(count: Count | None, today: date) -> dict[str, int]:
    """`kind:id` → records behind it: units that a policy is for, cases and lists of this year, values of a fact …

    What is not in it has none. Links to clauses are followed by `coverage`.
    """
    run, year = newest_run(), date(today.year, 1, 1)
    found: dict[str, int] = {}
    for kind, counted in (
        ("policy", _policies(run)),
        ("service", _services(year)),
        ("feed", _feeds(year)),
        ("indicator", _indicators(count)),
        ("fact", _facts(run)),
        ("param", {name: len(param.values) for name, param in pack(settings.PACK).params.items()}),
        ("role", _roles(today)),
        ("page", _pages(run, year)),
    ):
        found |= {f"{kind}:{name}": number for name, number in counted.items()}
    return found | programme.records_by_link()


def _policies(run: Run | None) -> Records:
    """Units that the rules find entitled: each of them is followed every night."""
    return {name: figures.entitled for name, figures in by_policy(run, "").items()} if run else {}


def _services(since: date) -> Records:
    cases = Case.objects.filter(opened_at__date__gte=since).order_by().values_list("service").annotate(n=Number("id"))
    return dict(cases)


def _feeds(since: date) -> Records:
    """Lists of this year, sent through a page or taken over."""
    sent = Batch.objects.filter(state=Batch.State.COMMITTED, as_of_date__gte=since).order_by()
    by_feed = dict(sent.values_list("feed").annotate(n=Number("id")))
    lists = ListReceived.objects.filter(as_of_date__gte=since).order_by()
    by_fact = dict(lists.values_list("fact").annotate(n=Number("id")))
    facts = {id_: str(feed.sets.fact) if feed.sets else "" for id_, feed in pack(settings.PACK).feeds.items()}
    return {id_: by_feed.get(id_, 0) + by_fact.get(fact, 0) for id_, fact in facts.items()}


def _indicators(count: Count | None) -> Records:
    """Units that were asked about; of an entered one, the confirmed numbers."""
    figures = indicator_figures(count) if count else {}
    confirmed = Statistic.objects.filter(confirmed_at__isnull=False, withdrawn_at=None).order_by()
    numbers = dict(confirmed.values_list("series").annotate(n=Number("id")))
    return {
        str(indicator.id): (figures[id_].known if id_ in figures else 0) + numbers.get(indicator.series or "", 0)
        for id_, indicator in plan(settings.PACK).indicators.items()
    }


def _facts(run: Run | None) -> Records:
    """Units of whom the fact is known, in the newest snapshot; only facts that a clause names."""
    if run is None:
        return {}
    linked = {link for clause in plan(settings.PACK).clauses.values() for link in clause.links}
    named = {name: fact for name, fact in pack(settings.PACK).facts.items() if f"fact:{name}" in linked}
    tables = {"person": "persons", "household": "households", "employer": "employers"}
    found: dict[str, int] = {}
    for unit, table in tables.items():
        names = [name for name, fact in named.items() if fact.unit == unit]
        found |= known_values(folder_of(run), table, names)
    return found


def _roles(today: date) -> Records:
    posts = Post.objects.filter(from_date__lte=today, until_date=None).order_by()
    return dict(posts.values_list("role").annotate(n=Number("id")))


def _pages(run: Run | None, since: date) -> Records:
    """What the pages that clauses lead to hold; a page that is not here shows nothing of its own."""
    pages: Mapping[str, Callable[[], int]] = {
        "desk:gaps": lambda: _rows(run, "lists"),
        "desk:questions": lambda: _rows(run, "asks"),
        "desk:policies": lambda: len(pack(settings.PACK).policies),
        "desk:cases": lambda: Case.objects.filter(opened_at__date__gte=since).count(),
        "desk:stations": lambda: Case.objects.filter(opened_at__date__gte=since).count(),
        "desk:feeds": lambda: ListReceived.objects.filter(as_of_date__gte=since).count(),
        "desk:simulate": lambda: len(pack(settings.PACK).params),
        "desk:plan": lambda: Count.objects.filter(as_of_date__gte=since).count(),
        "desk:plan-projects": lambda: programme.projects().count(),
        "public:plan": lambda: len(plan(settings.PACK).clauses),
    }
    return {name: count() for name, count in pages.items()}


def _rows(run: Run | None, table: str) -> int:
    return int(ask(run, f"SELECT COUNT(*) AS n FROM {table}")[0]["n"]) if run else 0  # noqa: S608
