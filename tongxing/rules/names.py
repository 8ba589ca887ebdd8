"""Gives each name and each expression of a pack its typed node, and notes every mistake with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlglot import exp

from tongxing.lib.place import PackError, Text, nearest, place_of
from tongxing.rules import literals, make
from tongxing.rules.lexis import ARITY
from tongxing.rules.parse import is_date, parse, where
from tongxing.rules.source import FactSource, ParamSource, Source
from tongxing.rules.tree import Const, Fact, FactType, Level, Node, Pick, Value

BOUNDS = {"int": (-1_000_000, 1_000_000), "money": (-(10**12), 10**12), "date": (-719_162, 2_932_896)}
COMPARE: dict[type, str] = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
ARITH: dict[type, str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
Params = Mapping[str, ParamSource]


class Unusable(Exception):
    """A name whose own mistake was noted already; whoever uses it says nothing more."""


@dataclass(frozen=True)
class Here:
    """Where an expression stands: its text, the parameters it sees, its policy, and the unit it is worked out for."""

    text: Text
    params: Params
    policy: str
    unit: Level | None


def fact_type(fact: FactSource) -> FactType:
    low, high = BOUNDS.get(fact.type, (0, 1))
    low = low if fact.min is None else fact.min
    high = high if fact.max is None else fact.max
    return FactType(str(fact.name), fact.type, fact.unit, tuple(fact.code_values), low, high)  # type: ignore[arg-type]


class Names:
    """Nodes of facts, derived names and parameters on one day. `receipt` and `entitled` answer for other policies."""

    def __init__(self, source: Source, as_of: date, overrides: Mapping[str, Value]) -> None:
        self.source, self.as_of, self.overrides = source, as_of, overrides
        self.facts = {name: fact_type(fact) for name, fact in source.facts.items()}
        self.derived: dict[str, Node] = {}
        self.mistakes: dict[str, PackError] = {}
        self.open: list[str] = []  # derived names being worked out, to see circles
        self.broken: set[str] = set()
        self.receipt: Callable[[str], str] = lambda policy: ""
        self.entitled: Callable[[str], Node | None] = lambda policy: None

    def note(self, wrong: PackError) -> None:
        self.mistakes.setdefault(str(wrong), wrong)

    def node(self, text: Text, params: Params, policy: str = "", unit: Level | None = None) -> Node:
        """The node of an expression. Notes its mistakes and raises Unusable."""
        try:
            return self._walk(parse(text), Here(text, params, policy, unit))
        except PackError as wrong:
            self.note(wrong)
            raise Unusable from None

    def _walk(self, tree: exp.Expression, here: Here) -> Node:
        try:
            node = self._made(tree, here)
            if isinstance(tree, exp.Column | exp.Anonymous):
                make.fit(node.level, here.unit)
            return node
        except ValueError as wrong:
            raise PackError(str(wrong), where(tree, here.text)) from None

    def _all(self, parts: Sequence[exp.Expression], here: Here, *, conditions: bool = False) -> list[Node]:
        """The nodes of several parts; every part is looked at, so that each mistake is said."""
        nodes = []
        for part in parts:
            try:
                node = self._walk(part, here)
                if conditions and node.type != "bool":
                    raise PackError(f"这里要放一个条件，不是{make.NAMES[node.type]}", where(part, here.text))
                nodes.append(node)
            except PackError as wrong:
                self.note(wrong)
            except Unusable:
                pass
        if len(nodes) < len(parts):
            raise Unusable
        return nodes

    def _made(self, tree: exp.Expression, here: Here) -> Node:
        if isinstance(tree, exp.Column):
            return self.param(tree.name, here) if tree.table == "param" else self._named(tree)
        if isinstance(tree, exp.Anonymous):
            return self._called(tree, here)
        if isinstance(tree, exp.Literal):
            return make.const("code", tree.this) if tree.is_string else literals.whole(tree.this)
        if isinstance(tree, exp.Boolean):
            return make.const("bool", bool(tree.this))
        return literals.day(tree.this.this) if is_date(tree) else self._operated(tree, here)

    def _operated(self, tree: exp.Expression, here: Here) -> Node:
        if isinstance(tree, exp.Paren):
            return self._walk(tree.this, here)
        if isinstance(tree, exp.And | exp.Or):
            nodes = self._all([tree.this, tree.expression], here, conditions=True)
            return make.both(nodes) if isinstance(tree, exp.And) else make.either(nodes)
        if isinstance(tree, exp.Not):
            return make.negation(*self._all([tree.this], here, conditions=True))
        if isinstance(tree, exp.Neg):
            subject = self._walk(tree.this, here)
            return make.arith("-", make.const(subject.type, 0), subject)
        nodes = self._all(list(tree.iter_expressions()), here)
        if isinstance(tree, exp.In):
            return make.either([self._compare("=", nodes[0], other) for other in nodes[1:]])
        if isinstance(tree, exp.Between):
            return make.both([self._compare(">=", nodes[0], nodes[1]), self._compare("<=", nodes[0], nodes[2])])
        if type(tree) in COMPARE:
            return self._compare(COMPARE[type(tree)], *nodes)
        return make.arith(ARITH[type(tree)], *nodes)

    def _compare(self, op: str, a: Node, b: Node) -> Node:
        make.same_type(a, b)
        if a.type == "code":
            self._check_codes(a, b)
            self._check_codes(b, a)
        return make.compare(op, a, b, self.as_of)

    def _check_codes(self, a: Node, b: Node) -> None:
        """What b can be must stand on the list of each fact that a can be."""
        for fact in (part for part in _worths(a) if isinstance(part, Fact)):
            codes = self.facts[fact.name].codes
            for other in _worths(b) if codes else []:
                if isinstance(other, Const) and other.value is not None and other.value not in codes:
                    raise ValueError(f"{fact.name} 没有代码 {other.value}{nearest(str(other.value), codes)}")
                if isinstance(other, Fact) and self.facts[other.name].codes not in ((), codes):
                    raise ValueError(f"{fact.name} 和 {other.name} 用的不是同一张代码表")

    def _named(self, tree: exp.Column) -> Node:
        name = tree.name
        if tree.table:
            raise ValueError(f"点号前面只能是 param，不是 {tree.table}")
        if name in self.facts:
            return self.fact(name)
        if name in self.source.derived:
            return self.of_derived(name)
        raise ValueError(f"没有 {name} 这个名字{nearest(name, [*self.facts, *self.source.derived])}")

    def fact(self, name: str) -> Fact:
        fact = self.facts[name]
        return Fact(fact.type, fact.level, fact.low, fact.high, name)

    def of_derived(self, name: str) -> Node:
        """Raises Unusable where the name's own expression is wrong, ValueError where it leads back to itself."""
        if name in self.derived:
            return self.derived[name]
        if name in self.broken:
            raise Unusable
        if name in self.open:
            raise ValueError("这些名字互相用，绕成了圈：" + "、".join([*self.open[self.open.index(name) :], name]))
        self.open.append(name)
        try:
            self.derived[name] = self.node(self.source.derived[name], self.source.params)
        except Unusable:
            self.broken.add(name)
            raise
        finally:
            self.open.pop()
        return self.derived[name]

    def param(self, name: str, here: Here) -> Node:
        param = here.params.get(name) or self.source.params.get(name)
        if param is None:
            raise ValueError(f"没有参数 {name}{nearest(name, [*here.params, *self.source.params])}")
        key = f"{here.policy}.{name}" if here.policy and here.params.get(name) is param else name
        value = literals.in_force(param, self.as_of)
        if key in self.overrides:
            value = literals.changed(key, param, value, self.overrides[key])
        if param.by is None or not isinstance(value, Mapping):
            return literals.constant(param.type, value)
        return self._by(param, value)

    def _by(self, param: ParamSource, values: Mapping[str, object]) -> Node:
        """A value for each code of a fact; a code that is not listed is unknown."""
        fact = self.facts.get(str(param.by))
        if fact is None or fact.type != "code":
            hint = nearest(str(param.by), self.facts)
            raise PackError(f"by 要写一个代码类的事实，没有 {param.by}{hint}", place_of(param.by))
        subject = self.fact(fact.name)
        node: Node = literals.constant(param.type, None)
        for code, value in reversed(list(values.items())):
            node = make.pick(
                self._compare("=", subject, make.const("code", code)), literals.constant(param.type, value), node
            )
        return node

    def _called(self, tree: exp.Anonymous, here: Here) -> Node:
        name, parts = str(tree.this), tree.expressions
        low, high = ARITY[name]
        if not low <= len(parts) <= high:
            raise ValueError(f"{name} 要 {low} 项，这里写了 {len(parts)} 项")
        if name in ("receives", "entitled", "served"):
            return self._own_record(name, parts)
        if name.endswith(("_member", "_members")):
            here = replace(here, unit=here.unit and "person")
        if name == "share":
            _check_share(parts, here)
        return _function(name, self._all(parts, here))

    def _own_record(self, name: str, parts: list[exp.Expression]) -> Node:
        subject = parts[0].name if isinstance(parts[0], exp.Column) and not parts[0].table else ""
        if not subject:
            raise ValueError(f"{name} 的第一项要写{'服务' if name == 'served' else '政策'}的名字，不加引号")
        if name == "served":
            return self._served(subject, parts[1])
        if subject not in self.source.policies:
            raise ValueError(f"没有政策 {subject}{nearest(subject, self.source.policies)}")
        if name == "receives" and self.receipt(subject) not in self.facts:
            raise ValueError(f"没有事实 {self.receipt(subject)}，不知道谁在领 {subject}")
        return self.fact(self.receipt(subject)) if name == "receives" else self.entitled(subject) or make.NO

    def _served(self, service: str, months: exp.Expression) -> Node:
        known = [fact.removeprefix("served_") for fact in self.facts if fact.startswith("served_")]
        if service not in known:
            raise ValueError(f"没有事实 served_{service}{nearest(service, known)}")
        if not isinstance(months, exp.Literal) or months.is_string:
            raise ValueError("served 的第二项要写月数")
        return make.compare(
            "<", make.since("months", self.fact(f"served_{service}")), literals.whole(months.this), self.as_of
        )


def _worths(node: Node) -> list[Node]:
    """The constants and facts whose values a code can take."""
    return [*_worths(node.yes), *_worths(node.no)] if isinstance(node, Pick) else [node]


def _check_share(parts: Sequence[exp.Expression], here: Here) -> None:
    for part in parts[1:]:
        if not (isinstance(part, exp.Literal) or (isinstance(part, exp.Column) and part.table == "param")):
            raise PackError("share 的后两项要写整数或者参数", where(part, here.text))
    if parts[2].name == "0" and isinstance(parts[2], exp.Literal):
        raise PackError("share 的第三项不能是 0", where(parts[2], here.text))


def _function(name: str, nodes: list[Node]) -> Node:
    if name in ("years_since", "months_since"):
        return make.since(name.removesuffix("_since"), nodes[0])
    if name == "pick":
        return make.pick(*nodes)
    if name in ("higher_of", "lower_of"):
        return make.extreme(name.removesuffix("_of"), nodes)
    if name == "share":
        return make.ratio(*nodes)
    if name == "per_head":
        return make.ratio(nodes[0], make.const("int", 1), nodes[1])
    if name == "known":
        return make.known(nodes[0])
    return make.members(name.split("_")[0], nodes[0])
