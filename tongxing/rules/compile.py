"""`compile_program`: a pack's policies in force on one day, typed, with every mistake reported at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date

from tongxing.lib.place import PackError, PackErrors, Text, nearest, place_of
from tongxing.rules import make
from tongxing.rules.names import Names, Unusable
from tongxing.rules.source import ConditionSource, PolicySource, Source, VersionSource
from tongxing.rules.tree import Branch, Leaf, Node, Policy, Program, Value

NOT_HIGHER = "没有更高的同类待遇"


def compile_program(source: Source, as_of: date, overrides: Mapping[str, Value] | None = None) -> Program:
    """Raises PackErrors. `overrides` replaces parameters: {"dibao_line": fen} or {"policy.param": value}.

    A policy without a version in force on `as_of` is left out.
    """
    compiler = _Compiler(source, as_of, overrides or {})
    policies = compiler.policies()
    if compiler.names.mistakes:
        raise PackErrors(compiler.names.mistakes.values())
    return Program(as_of, compiler.names.facts, compiler.names.derived, policies)


class _Compiler:
    def __init__(self, source: Source, as_of: date, overrides: Mapping[str, Value]) -> None:
        self.source, self.as_of = source, as_of
        self.names = Names(source, as_of, overrides)
        self.names.receipt, self.names.entitled = self.receipt, self.eligible
        self.own: dict[str, tuple[Branch, Node, Node | None]] = {}
        self.done: dict[str, Policy] = {}
        self.open: list[str] = []
        self.broken: set[str] = set()
        known = [*source.params, *(f"{p.id}.{name}" for p in source.policies.values() for name in p.params)]
        for key in overrides:
            if key not in known:
                self.names.note(PackError(f"没有参数 {key}{nearest(key, known)}"))

    def policies(self) -> dict[str, Policy]:
        for name in self.source.derived:
            self._try(self.names.of_derived, name)
        for name in sorted(self.source.policies):
            self._try(self.policy, name)
        return self.done

    def _try(self, work: Callable[[str], object], name: str) -> None:
        try:
            work(name)
        except Unusable:
            pass
        except PackError as wrong:
            self.names.note(wrong)

    def receipt(self, policy: str) -> str:
        return str(self.source.policies[policy].receipt or f"receives_{policy}")

    def eligible(self, policy: str) -> Node | None:
        made = self.policy(policy)
        return made.eligible if made else None

    def version(self, policy: PolicySource) -> VersionSource | None:
        begun = [version for version in policy.versions if version.from_date <= self.as_of]
        last = begun[-1] if begun else None
        return last if last and (last.until_date is None or last.until_date > self.as_of) else None

    def policy(self, name: str) -> Policy | None:
        """The compiled policy, or None where none is in force."""
        source = self.source.policies[name]
        version = self.version(source)
        if version is None or name in self.done:
            return self.done.get(name)
        who, own, amount = self.conditions(name)
        higher = [self._not_beaten(name, other) for other in self._group(name)]
        last = (Leaf(NOT_HIGHER, make.both(higher), ""),) if higher else ()
        self.done[name] = Policy(
            id=name,
            name=source.name,
            unit=source.unit,  # type: ignore[arg-type]
            period=source.period,  # type: ignore[arg-type]
            receipt=self.receipt(name),
            who=Branch("all", (*_items(who), *last), who.label),
            own=own,
            eligible=make.both([own, *higher]),
            amount=amount,
            from_date=version.from_date,
        )
        return self.done[name]

    def conditions(self, name: str) -> tuple[Branch, Node, Node | None]:
        """(tree, own conditions as one node, amount) of a policy in force."""
        if name in self.own:
            return self.own[name]
        if name in self.broken:
            raise Unusable
        if name in self.open:
            circle = "、".join([*self.open[self.open.index(name) :], name])
            raise ValueError(f"这些政策互相看对方够不够条件，绕成了圈：{circle}")
        self.open.append(name)
        try:
            source = self.source.policies[name]
            version = self.version(source)
            assert version is not None
            amount, bad = None, False
            try:
                amount = self._amount(version, source)
            except Unusable:
                bad = True  # the conditions are looked at all the same
            who = self._branch(version.who, source)
            if bad:
                raise Unusable
            tree = who if isinstance(who, Branch) else Branch("all", (who,))
            self.own[name] = tree, _joined(tree), amount
        except Unusable:
            self.broken.add(name)
            raise
        finally:
            self.open.pop()
        return self.own[name]

    def _branch(self, condition: ConditionSource, policy: PolicySource) -> Branch | Leaf:
        items = condition.all if condition.all is not None else condition.any
        if items is not None:
            label = None if condition.label is None else str(condition.label)
            return Branch("any" if condition.all is None else "all", self._branches(items, policy), label)
        assert condition.text is not None and condition.label is not None
        return Leaf(str(condition.label), self._node(condition.text, "bool", policy), str(condition.text))

    def _branches(self, items: Sequence[ConditionSource], policy: PolicySource) -> tuple[Branch | Leaf, ...]:
        """Every item is looked at before a wrong one spoils them all."""
        inside = []
        for item in items:
            with suppress(Unusable):
                inside.append(self._branch(item, policy))
        if len(inside) < len(items):
            raise Unusable
        return tuple(inside)

    def _amount(self, version: VersionSource, policy: PolicySource) -> Node | None:
        if version.amount is None:
            return None
        node = self._node(version.amount, "money", policy)
        return None if policy.period == "none" else node

    def _node(self, text: Text, type_: str, policy: PolicySource) -> Node:
        node = self.names.node(text, policy.params, str(policy.id), policy.unit)  # type: ignore[arg-type]
        if type_ == "money" and node is make.ZERO:
            node = make.const("money", 0)
        if node.type != type_:
            words = {"bool": "这里要写一个条件", "money": "amount 要算出钱"}[type_]
            self.names.note(PackError(f"{words}，不是{make.NAMES[node.type]}", place_of(text)))
            raise Unusable
        return node

    def _group(self, name: str) -> list[str]:
        """The other policies in force that may not be drawn together with this one."""
        links = {(str(p.id), str(other)) for p in self.source.policies.values() for other in p.higher_of}
        found, todo = {name}, [name]
        while todo:
            one = todo.pop()
            near = {b if a == one else a for a, b in links if one in (a, b)} - found
            found |= near
            todo += near
        return sorted(other for other in found - {name} if self.version(self.source.policies[other]))

    def _not_beaten(self, name: str, other: str) -> Node:
        """NOT (the other is due by its own conditions and is higher, or equal and sorts first)."""
        _, _, mine = self.conditions(name)
        _, due, theirs = self.conditions(other)
        if mine is None or theirs is None:
            raise PackError("higher_of 的政策都要有 amount", place_of(self.source.policies[name].id))
        beaten = make.both([due, make.compare("<=" if other < name else "<", mine, theirs, self.as_of)])
        try:
            make.fit(beaten.level, self.source.policies[name].unit)  # type: ignore[arg-type]
        except ValueError as wrong:
            raise PackError(f"higher_of 里的 {other}：{wrong}", place_of(self.source.policies[name].id)) from None
        return make.negation(beaten)


def _items(branch: Branch) -> tuple[Branch | Leaf, ...]:
    return branch.items if branch.kind == "all" else (branch,)


def _joined(item: Branch | Leaf) -> Node:
    if isinstance(item, Leaf):
        return item.node
    parts = [_joined(part) for part in item.items]
    return make.both(parts) if item.kind == "all" else make.either(parts)
