"""Reads policies/<id>.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tongxing.content.blocks import Block, Items, Value
from tongxing.content.facts import UNITS, read_params
from tongxing.content.fields import Fields, Mistakes, as_fen, check_ascending, check_name
from tongxing.content.pack import Case, Condition, Expectation, Law, Policy, Version
from tongxing.lib.place import Text

PERIODS = ("month", "year", "once", "none")
CERTAINTIES = ("sure", "check")
ELIGIBLE = {"true": True, "false": False, "unknown": None}


def read_policy(block: Block, stem: str, mistakes: Mistakes) -> Policy:
    """One policy. Mistakes are noted; what could be read is returned."""
    fields = Fields(block, mistakes, "政策")
    id_ = fields.text("id", need=True) or Text(stem, block.place)
    check_name(id_, mistakes)
    if id_ != stem:
        mistakes.note(f"id 是 {id_}，文件名是 {stem}.yaml，两个要一样", id_.place)
    policy = Policy(
        id=id_,
        name=fields.words("name", stem, need=True),
        unit=fields.choice("unit", UNITS),
        plan=fields.names("plan"),
        owner=fields.words("owner"),
        law=tuple(_law(item, mistakes) for item in fields.items("law")),
        summary=fields.words("summary"),
        period=fields.choice("period", PERIODS),
        receipt=fields.text("receipt"),
        shared_list=fields.flag("shared_list"),
        higher_of=fields.names("higher_of"),
        certainty=fields.choice("certainty", CERTAINTIES, "sure"),
        params=read_params(fields, mistakes),
        versions=tuple(_version(item, mistakes) for item in fields.items("versions", need=True)),
        tests=tuple(_case(item, mistakes) for item in fields.items("tests")),
    )
    fields.finish()
    _check_versions(policy, mistakes)
    return policy


def _check_versions(policy: Policy, mistakes: Mistakes) -> None:
    check_ascending((version.from_date for version in policy.versions), "版本", policy.id.place, mistakes)
    for version in policy.versions:
        if version.until_date and version.until_date <= version.from_date:
            mistakes.note("until 要晚于 from", policy.id.place)
        if version.amount is None and policy.period != "none":
            mistakes.note(f"period 是 {policy.period}，每个版本都要写 amount", policy.id.place)


def _law(item: Value, mistakes: Mistakes) -> Law:
    fields = Fields(item, mistakes, "依据")
    law = Law(fields.words("title", need=True), fields.words("about"))
    fields.finish()
    return law


def _version(item: Value, mistakes: Mistakes) -> Version:
    fields = Fields(item, mistakes, "版本")
    who = fields.raw("who")
    if who is None:
        mistakes.note("版本缺少 who", fields.place)
    version = Version(
        from_date=fields.day("from", need=True) or date.min,
        until_date=fields.day("until"),
        who=read_condition(who, mistakes) if who is not None else Condition(),
        amount=fields.text("amount"),
    )
    fields.finish()
    return version


def read_condition(value: Value, mistakes: Mistakes) -> Condition:
    """Either all/any with an optional label, or label and is."""
    fields = Fields(value, mistakes, "条件")
    label, text = fields.text("label"), fields.text("is")
    kinds = [kind for kind in ("all", "any") if fields.raw(kind) is not None]
    if len(kinds) + (text is not None) > 1:
        mistakes.note("一个条件只能有 all、any、is 中的一个", fields.place)
    inside = {kind: tuple(read_condition(item, mistakes) for item in fields.items(kind)) for kind in kinds[:1]}
    if kinds and not inside[kinds[0]]:
        mistakes.note(f"{kinds[0]} 里一个条件也没有", fields.place)
    fields.finish()
    if kinds:
        return Condition(label, None, inside.get("all"), inside.get("any"))
    if fields.real and (text is None or label is None):
        mistakes.note("条件要有 label 和 is，或者有 all、any", fields.place)
    return Condition(label or Text("？", fields.place), text or Text("TRUE", fields.place))


def _case(item: Value, mistakes: Mistakes) -> Case:
    fields = Fields(item, mistakes, "例子")
    case = Case(
        name=fields.text("name", need=True) or Text("例子", fields.place),
        as_of=fields.day("as_of"),
        given=_facts(fields.inner("given"), mistakes),
        members=tuple(_member(member, mistakes) for member in fields.items("members")),
        expect=_expectation(fields.raw("expect"), fields, mistakes),
    )
    fields.finish()
    return case


def _member(value: Value, mistakes: Mistakes) -> dict[Text, Text]:
    fields = Fields(value, mistakes, "家庭成员")
    return _facts(fields.block, mistakes)


def _facts(values: Mapping[Text, Value], mistakes: Mistakes) -> dict[Text, Text]:
    """Facts that are not null; null says "unknown", as leaving out does."""
    for name, value in values.items():
        if isinstance(value, Block | Items):
            mistakes.note(f"{name} 要是一个值，不是一组", value.place)
    return {name: value for name, value in values.items() if isinstance(value, Text)}


def _expectation(value: Value, case: Fields, mistakes: Mistakes) -> Expectation:
    fields = Fields(value, mistakes, "expect ", case.place)
    eligible = ELIGIBLE[fields.choice("eligible", ELIGIBLE)]
    amount = fields.typed("amount", as_fen, need=False)
    if amount is not None and eligible is not True:
        mistakes.note("只有 eligible: true 才有 amount", fields.place)
    ask = frozenset(fields.names("ask")) if fields.raw("ask") is not None else None
    fields.finish()
    return Expectation(eligible, amount, ask)
