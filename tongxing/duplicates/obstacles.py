"""Why two files cannot be merged as they stand, each with what to do first. A merge never guesses which is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db.models import Q, QuerySet

from tongxing.casework.models import Case
from tongxing.content.instance import pack
from tongxing.payments.models import Award, Recovery
from tongxing.payments.months import this_month
from tongxing.registry.models import Certificate, Guardian, Person
from tongxing.registry.queries import household_of

Sentences = Iterator[str]


def obstacles(kept: Person, gone: Person) -> list[str]:
    """In the order in which they are best put right; empty if `gone` may be merged into `kept`."""
    return [words for stands_in_the_way in CHECKS for words in stands_in_the_way(kept, gone)]


def _merged_before(kept: Person, gone: Person) -> Sentences:
    if kept.merged_into_id or gone.merged_into_id:
        yield "其中一份已经并到别的档案里了。请打开那一份再看。"


def _protected(kept: Person, gone: Person) -> Sentences:
    """Merged, one file would say what the other keeps."""
    if kept.is_protected or gone.is_protected:
        yield "其中一份的地址受保护。请先解除保护，再合并。"


def _death(kept: Person, gone: Person) -> Sentences:
    if kept.death_date != gone.death_date:
        yield "两份记的去世情况不一样。请先核实，再更正一份。"


def _without_number(kept: Person, gone: Person) -> Sentences:
    if kept.id_number_index is None and gone.id_number_index is not None:
        yield "要留下的这份没有证件号码，另一份有。请留另一份。"


def _guardians(kept: Person, gone: Person) -> Sentences:
    if Guardian.objects.filter(Q(ward=kept, guardian=gone) | Q(ward=gone, guardian=kept)).exists():
        yield "两个人是监护关系，不会是同一个人。请先核实监护关系。"


def _certificates(kept: Person, gone: Person) -> Sentences:
    valid = Certificate.objects.filter(person__in=(kept, gone), state=Certificate.State.VALID)
    if valid.count() > 1:
        yield "两份都有有效的残疾人证。请先注销一张，再合并。"


def _awards(kept: Person, gone: Person) -> Sentences:
    """Two that run for one benefit: merged, they would owe it twice or once too little."""
    both = set(_running(kept).values_list("policy", flat=True)) & set(_running(gone).values_list("policy", flat=True))
    for policy in sorted(both):
        yield f"两份都在领“{_name(policy)}”。请先停一份，再合并。"


def _cases(kept: Person, gone: Person) -> Sentences:
    services = [set(_waiting(person).values_list("service", flat=True)) for person in (kept, gone)]
    for case in _waiting(gone).filter(service__in=services[0] & services[1]):
        yield f"两份都在办“{case.service_name}”。请先撤回 {case.number}，再合并。"


def _recoveries(kept: Person, gone: Person) -> Sentences:
    running = Recovery.objects.filter(state=Recovery.State.RUNNING)
    of_kept = running.filter(person=kept).values("policy")
    for recovery in running.filter(person=gone, policy__in=of_kept):
        yield f"两份都在抵扣“{_name(recovery.policy)}”。请先办完一个，再合并。"


def _other_household(kept: Person, gone: Person) -> Sentences:
    """What is paid or asked for as a household stays with that household; the person leaves it by the merge."""
    home = household_of(kept)
    ours = {kept.pk, gone.pk} | ({home.pk} if home else set())
    units = [*_running(gone).values_list("unit_id", "policy"), *_waiting(gone).values_list("unit_id", "policy")]
    for policy in sorted({policy for unit, policy in units if unit not in ours}):
        yield f"“{_name(policy)}”是按另一户办的。请留另一份，或先停这一项。"


def _running(person: Person) -> QuerySet[Award]:
    lasting = Q(until_month=None) | Q(until_month__gt=this_month())
    return Award.objects.filter(lasting, person=person).exclude(stop_reason="一次性")


def _waiting(person: Person) -> QuerySet[Case]:
    return Case.objects.filter(person=person, state__in=Case.WAITING)


def _name(policy: str) -> str:
    known = pack(settings.PACK).policies
    return str(known[policy].name) if policy in known else policy


CHECKS: tuple[Callable[[Person, Person], Sentences], ...] = (
    _merged_before,
    _protected,
    _death,
    _without_number,
    _guardians,
    _certificates,
    _awards,
    _cases,
    _recoveries,
    _other_household,
)
