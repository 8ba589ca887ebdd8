"""Names of a pack that no rule reads: often a slip of the pen, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongxing.content.pack import Condition, Fact, Pack, Param, Policy
from tongxing.lib.place import PackError, Text

NAME = re.compile(r"[a-z_][a-z0-9_]*")
CODE = re.compile(r"'[^']*'")


def loose_ends(pack: Pack) -> list[PackError]:
    """Facts, derived names and parameters that are in no expression, in the order of their places."""
    own = {id_: _names(_texts(policy)) for id_, policy in pack.policies.items()}
    used = _names(pack.derived.values()).union(*own.values())
    used |= {f"served_{name}" for name in used} | {str(param.by) for param in _params(pack) if param.by}
    used |= {str(policy.receipt) for policy in pack.policies.values()}
    used |= {str(feed.sets.fact) for feed in pack.feeds.values() if feed.sets}
    found = [
        PackError(f"没有规则用到事实 {name}", fact.name.place) for name, fact in _own_facts(pack) if name not in used
    ]
    found += [PackError(f"没有规则用到 {name}", text.place) for name, text in pack.derived.items() if name not in used]
    found += _params_unused(pack.params.values(), used)
    for id_, policy in pack.policies.items():
        found += _params_unused(policy.params.values(), own[id_])
    return sorted(found, key=lambda loose: loose.place)


def _own_facts(pack: Pack) -> Iterator[tuple[str, Fact]]:
    """Without those that stand there for each policy."""
    return ((name, fact) for name, fact in pack.facts.items() if not name.startswith("receives_"))


def _params_unused(params: Iterable[Param], used: set[str]) -> list[PackError]:
    return [PackError(f"没有规则用到参数 {p.name}", p.name.place) for p in params if p.name not in used]


def _params(pack: Pack) -> Iterator[Param]:
    yield from pack.params.values()
    for policy in pack.policies.values():
        yield from policy.params.values()


def _texts(policy: Policy) -> Iterator[Text]:
    for version in policy.versions:
        yield from _expressions(version.who)
        if version.amount:
            yield version.amount


def _expressions(condition: Condition) -> Iterator[Text]:
    if condition.text is not None:
        yield condition.text
    for inside in (*(condition.all or ()), *(condition.any or ())):
        yield from _expressions(inside)


def _names(texts: Iterable[str]) -> set[str]:
    """Every name in the expressions; what stands in quotes is a code."""
    return {name for text in texts for name in NAME.findall(CODE.sub("", text))}
