"""The typed tree that the parser makes and every executor reads.

Nodes are frozen and compare by value, so that equal conditions of two policies are one computation. Dates are days
since 1970-01-01, money is fen, codes are strings, unknown is None. `level` is the unit that a value belongs to
(None for a constant); a household value used at person level is the same for every member.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Type = Literal["bool", "int", "money", "date", "code"]
Level = Literal["person", "household", "employer"]
Value = bool | int | str | None

EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Node:
    """Every node has a type, a level and, where numeric, an interval [low, high] that its known values never leave."""

    type: Type
    level: Level | None
    low: int
    high: int

    @property
    def children(self) -> tuple[Node, ...]:
        return ()


@dataclass(frozen=True)
class Const(Node):
    value: Value = None


@dataclass(frozen=True)
class Fact(Node):
    """A base fact: a column of the snapshot."""

    name: str = ""


@dataclass(frozen=True)
class Not(Node):
    a: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a,)


@dataclass(frozen=True)
class Both(Node):
    """Kleene AND of two or more."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True)
class Either(Node):
    """Kleene OR of two or more."""

    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True)
class Compare(Node):
    """`=`, `<`, `<=` over numbers and dates; `=` over codes and bools. The other operators are lowered to these.

    At most one side is a Const unless both are; a Const stands on the right of `=`.
    """

    op: Literal["=", "<", "<="]
    a: Node
    b: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a, self.b)


@dataclass(frozen=True)
class Arith(Node):
    op: Literal["+", "-", "*"]
    a: Node
    b: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a, self.b)


@dataclass(frozen=True)
class Since(Node):
    """Full years or months from a date to as_of."""

    span: Literal["years", "months"]
    a: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a,)


@dataclass(frozen=True)
class Pick(Node):
    condition: Node
    yes: Node
    no: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.yes, self.no)


@dataclass(frozen=True)
class Extreme(Node):
    """The largest or smallest of two or more numbers or dates."""

    which: Literal["higher", "lower"]
    items: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True)
class Ratio(Node):
    """a·n/d rounded half away from zero; unknown where d is 0. `share(x,n,d)` and `per_head(x,k)` (n = 1)."""

    a: Node
    n: Node
    d: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a, self.n, self.d)


@dataclass(frozen=True)
class Members(Node):
    """Over the persons of a household: sum of numbers, any or count of a condition. Level household."""

    what: Literal["sum", "any", "count"]
    a: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a,)


@dataclass(frozen=True)
class Known(Node):
    a: Node

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.a,)


@dataclass(frozen=True)
class Leaf:
    """A labelled condition of a policy."""

    label: str
    node: Node
    text: str


@dataclass(frozen=True)
class Branch:
    """`all` or `any` of its items."""

    kind: Literal["all", "any"]
    items: tuple[Branch | Leaf, ...]
    label: str | None = None

    def leaves(self) -> Iterator[Leaf]:
        for item in self.items:
            if isinstance(item, Leaf):
                yield item
            else:
                yield from item.leaves()


@dataclass(frozen=True)
class Policy:
    """One policy in the version in force on as_of.

    `own` are its conditions as one node; `eligible` adds the exclusion of a higher benefit, which is also the last leaf
    of `who`. `amount` is fen per period (None for a right without money).
    """

    id: str
    name: str
    unit: Level
    period: Literal["month", "year", "once", "none"]
    receipt: str
    who: Branch
    own: Node
    eligible: Node
    amount: Node | None
    from_date: date

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(self.who.leaves())


@dataclass(frozen=True)
class FactType:
    """What the language needs to know of a declared fact."""

    name: str
    type: Type
    level: Level
    codes: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


@dataclass(frozen=True)
class Program:
    """All policies in force on one day, typed and lowered, with the facts they read."""

    as_of: date
    facts: dict[str, FactType]
    derived: dict[str, Node]
    policies: dict[str, Policy]
    params: dict[str, Value] = field(default_factory=dict)
