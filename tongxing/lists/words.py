"""A row of a list in words: why somebody is on it, how to reach them. Names come from the pack."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.policy.lists import NO_LIST
from tongxing.policy.program import program
from tongxing.registry.models import Person

KINDS = {"missing": "应享未享", "wrong": "不够条件还在领", "unknown": "说不清，要问", "declined": "本人不要"}
MISSING = {"never": "从没领过", "stopped": "以前领过，停了", "just": "刚够条件"}
REACH = {"sms": "短信可达", "text_only": "只用文字", "guardian": "找监护人", "no_phone": "没有手机"}
NEXT = {"sms": "发短信确认", "text_only": "发文字，不打电话", "guardian": "联系监护人", "no_phone": "请村里上门"}


def fact_label(name: str) -> str:
    content = pack(settings.PACK)
    fact = content.facts.get(name)
    return fact.label if fact else content.derived_labels.get(name, name)


def reason(policy: str, kind: str, code: str, as_of: date) -> str:
    """The reason of a list row in words."""
    if kind in ("missing", "declined"):
        return MISSING[code]
    if kind == "wrong":
        return _failed(policy, code, as_of)
    return asked(code.strip(",").split(","))


def _failed(policy: str, code: str, as_of: date) -> str:
    number = code.removeprefix("failed:")
    leaves = program(as_of).policies[policy].leaves
    return f"不符合“{leaves[int(number)].label}”" if number else "条件合起来不符合"


def asked(facts: Iterable[str]) -> str:
    """要问：… for facts; a receipt list that has not come is nobody's to ask."""
    names = [fact for fact in facts if fact]
    if names == [NO_LIST]:
        return "发放名单没到"
    if len(names) == 1 and names[0] in pack(settings.PACK).facts:
        return "要问：" + pack(settings.PACK).facts[names[0]].ask
    return "要问：" + "、".join(fact_label(fact) for fact in names)


def reach(person: Person | None) -> tuple[str, str]:
    """(how to reach them, suggested next step)."""
    if person is None or person.contact is None:
        return "不知道", "先找到人"
    return REACH[person.contact], NEXT[person.contact]


def disability(person: Person | None) -> str:
    """视力 二级, from the valid certificate prefetched by `valid_certificates`."""
    certificates = getattr(person, "current_certificates", [])
    if not certificates:
        return "没有有效的证"
    return f"{certificates[0].get_category_display()} {certificates[0].get_grade_display()}"
