"""Divisions, read once: the tree changes once a year."""

from __future__ import annotations

from django.db.models import QuerySet

from tongxing.accounts.access import Actor, may
from tongxing.accounts.keys import ring
from tongxing.accounts.rights import Right
from tongxing.lib.divisions import level_of, subtree_prefix
from tongxing.organisation.models import Correction, Division, Employer, Spokesperson


def names() -> dict[str, str]:
    """Every division's own name by code."""
    return dict(Division.objects.values_list("code", "name"))


def parts_of(code: str) -> list[Division]:
    """The divisions right under this one, by code."""
    return list(Division.objects.filter(parent_id=code).order_by("code"))


def path_name(code: str, known: dict[str, str], under: str = "") -> str:
    """甲县乙镇丙村: county, township and village without the city; only what lies below the prefix `under`."""
    levels = {6: code[:6] + "000000", 9: code[:9] + "000", 12: code}
    wanted = len(subtree_prefix(code))
    parts = [_plain(known.get(full, "")) for length, full in levels.items() if len(under) < length <= wanted]
    return "".join(parts) or _plain(known.get(code, ""))


def _plain(name: str) -> str:
    """丙村委会 is 丙村, 丁街社区居委会 is 丁街社区, as people say them."""
    return name.removesuffix("居委会").removesuffix("委会")


def division(code: str) -> Division | None:
    return Division.objects.filter(code=code).first()


def level(code: str) -> str:
    return level_of(code)


def employer_names(ids: list[int]) -> dict[int, str]:
    """Names of employers; no question where there are none."""
    return dict(Employer.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def townships() -> list[tuple[str, list[Division]]]:
    """(name of the county, its townships and subdistricts), by code."""
    counties = Division.objects.filter(level="county").order_by("code")
    towns = list(Division.objects.filter(level="township").order_by("code"))
    return [(county.name, [town for town in towns if town.parent_id == county.code]) for county in counties]


def credit_codes_of(actor: Actor | None) -> QuerySet[Spokesperson]:
    """The organisation that the actor speaks for: one row or none."""
    if actor is None or not may(actor, Right.OWN_UNIT):
        return Spokesperson.objects.none()
    return Spokesperson.objects.filter(user_id=actor.user_id, until_date=None)


def employers_of(actor: Actor | None) -> QuerySet[Employer]:
    """The employer that the actor speaks for; every other one is nobody's."""
    return Employer.objects.filter(credit_code__in=credit_codes_of(actor).values("credit_code"))


def corrections_for(actor: Actor | None) -> QuerySet[Correction]:
    """What employers of the actor's area ask the actor's department to put right, the most urgent first."""
    if actor is None or not may(actor, Right.ANSWER_FACTS) or not actor.department:
        return Correction.objects.none()
    mine = Correction.objects.filter(department=actor.department, answered_at=None)
    return mine.filter(employer__division_code__startswith=actor.prefix).select_related("employer")


def words_of(correction: Correction) -> str:
    return ring().open(bytes(correction.words_sealed), place=sealed_at(correction, "words"))


def answer_of(correction: Correction) -> str:
    if correction.answer_sealed is None:
        return ""
    return ring().open(bytes(correction.answer_sealed), place=sealed_at(correction, "answer"))


def sealed_at(correction: Correction, part: str) -> str:
    """Known before it has a number of its own."""
    return f"correction.{part}.{correction.employer_id}.{correction.asked_at.timestamp()}"
