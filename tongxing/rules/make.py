"""Makes typed nodes: checks, folds constants, keeps intervals. Errors are ValueErrors; the caller knows the place."""

from __future__ import annotations

from datetime import date, timedelta

from tongxing.rules.tree import (
    EPOCH,
    Arith,
    Both,
    Compare,
    Const,
    Either,
    Extreme,
    Known,
    Level,
    Members,
    Node,
    Not,
    Pick,
    Ratio,
    Since,
    Type,
    Value,
)

LIMIT = 2**62
MEMBERS = 4096  # no household is larger
UNITS = {"person": "人", "household": "户", "employer": "单位"}
NAMES = {"bool": "是非", "int": "整数", "money": "钱", "date": "日期", "code": "代码"}


def const(type_: Type, value: Value) -> Const:
    number = value if isinstance(value, int) else 0
    return Const(type_, None, int(number), int(number), value)


YES, NO = const("bool", True), const("bool", False)
ZERO = const("int", 0)  # the literal 0, told apart by identity: it may stand for no money


def day(value: date) -> Const:
    return const("date", value.toordinal() - EPOCH)


def level(*nodes: Node) -> Level | None:
    """The finest level: person over household; employers do not mix with them."""
    found = {node.level for node in nodes} - {None}
    if "employer" in found and len(found) > 1:
        raise ValueError("单位的事实不能和人、家庭的混在一起")
    return "person" if "person" in found else next(iter(found), None)


def fit(level: Level | None, unit: Level | None) -> None:
    """Raises ValueError where a value of one level cannot be had for a unit."""
    if None in (level, unit) or level == unit or (level, unit) == ("household", "person"):
        return
    hint = "；要用 sum_members、any_member、count_members" if (level, unit) == ("person", "household") else ""
    raise ValueError(f"这里按{UNITS[str(unit)]}算，不能直接用{UNITS[str(level)]}的事实{hint}")


def bounded(low: int, high: int) -> tuple[int, int]:
    if max(abs(low), abs(high)) >= LIMIT:
        raise ValueError("算出来的数可能太大，请给事实写上 min、max")
    return low, high


def is_const(node: Node) -> bool:
    return isinstance(node, Const)


def negation(a: Node) -> Node:
    if isinstance(a, Const):
        return a if a.value is None else const("bool", not a.value)
    return a.a if isinstance(a, Not) else Not("bool", a.level, 0, 1, a)


def both(items: list[Node]) -> Node:
    return _joined(items, Both, NO, YES)


def either(items: list[Node]) -> Node:
    return _joined(items, Either, YES, NO)


def _joined(items: list[Node], kind: type[Both] | type[Either], decides: Const, neutral: Const) -> Node:
    kept: list[Node] = []
    for item in items:
        inside = item.items if isinstance(item, kind) else (item,)
        kept += [part for part in inside if part != neutral and part not in kept]
    if decides in kept:
        return decides
    if len(kept) < 2:
        return kept[0] if kept else neutral
    return kind("bool", level(*kept), 0, 1, tuple(kept))


def same_type(a: Node, b: Node) -> tuple[Node, Node]:
    """The literal 0 is money where the other side is money."""
    if a.type == "money" and b is ZERO:
        return a, const("money", 0)
    if b.type == "money" and a is ZERO:
        return const("money", 0), b
    if a.type != b.type:
        raise ValueError(f"{NAMES[a.type]}不能和{NAMES[b.type]}相比或相加")
    return a, b


def compare(op: str, a: Node, b: Node, as_of: date) -> Node:
    """= <> < <= > >= lowered to = < <=, a constant on the right of =."""
    if op == "<>":
        return negation(compare("=", a, b, as_of))
    if op in (">", ">="):
        return compare("<" if op == ">" else "<=", b, a, as_of)
    a, b = same_type(a, b)
    if a.type in ("code", "bool") and op != "=":
        raise ValueError(f"{NAMES[a.type]}只能用 =、<>、IN 来比")
    if op == "=" and is_const(a) and not is_const(b):
        a, b = b, a
    if isinstance(a, Const) and isinstance(b, Const):
        return _compared(op, a, b)
    if isinstance(a, Since) or isinstance(b, Since):
        folded = _since(op, a, b, as_of)
        if folded is not None:
            return folded
    return Compare("bool", level(a, b), 0, 1, op, a, b)  # type: ignore[arg-type]


def _compared(op: str, a: Const, b: Const) -> Const:
    if a.value is None or b.value is None:
        return const("bool", None)
    x, y = a.value, b.value
    return const("bool", x == y if op == "=" else x < y if op == "<" else x <= y)  # type: ignore[operator]


def _since(op: str, a: Node, b: Node, as_of: date) -> Node | None:
    """Full years or months against a constant become a comparison of the day itself."""
    if isinstance(a, Since) and isinstance(b, Const) and isinstance(b.value, int):
        n = b.value
        if op == "=":
            return both([_reached(a, n, as_of), negation(_reached(a, n + 1, as_of))])
        return negation(_reached(a, n if op == "<" else n + 1, as_of))
    if isinstance(b, Since) and isinstance(a, Const) and isinstance(a.value, int):
        return _reached(b, a.value + 1 if op == "<" else a.value, as_of)
    return None


def _reached(since: Since, n: int, as_of: date) -> Node:
    """since ≥ n, said of the day: it is not later than as_of minus n."""
    latest = _back(as_of, n if since.span == "months" else 12 * n)
    if latest is None:
        return compare("<" if n > 0 else ">=", day(date.max), since.a, as_of)
    return compare("<=", since.a, day(latest), as_of)


def _back(as_of: date, months: int) -> date | None:
    """as_of minus whole months, the last day of the month where that day does not exist; None outside the calendar."""
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
    if not 1 <= year < 9999:
        return None
    last = date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return date(year, month + 1, min(as_of.day, last.day))


def arith(op: str, a: Node, b: Node) -> Node:
    type_: Type
    if op == "*":
        if "money" == a.type == b.type or not {a.type, b.type} <= {"int", "money"}:
            raise ValueError(f"{NAMES[a.type]}不能乘{NAMES[b.type]}")
        type_ = "money" if "money" in (a.type, b.type) else "int"
    else:
        a, b = same_type(a, b)
        if a.type not in ("int", "money"):
            raise ValueError(f"{NAMES[a.type]}不能相加减")
        type_ = a.type
    low, high = bounded(*_span(op, a, b))
    if isinstance(a, Const) and isinstance(b, Const):
        known = a.value is not None and b.value is not None
        return const(type_, low if known else None)
    return Arith(type_, level(a, b), low, high, op, a, b)  # type: ignore[arg-type]


def _span(op: str, a: Node, b: Node) -> tuple[int, int]:
    if op == "+":
        return a.low + b.low, a.high + b.high
    if op == "-":
        return a.low - b.high, a.high - b.low
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return min(ends), max(ends)


def pick(condition: Node, yes: Node, no: Node) -> Node:
    if condition.type != "bool":
        raise ValueError("pick 的第一项要是一个条件")
    yes, no = same_type(yes, no)
    if isinstance(condition, Const):
        return const(yes.type, None) if condition.value is None else yes if condition.value else no
    return Pick(yes.type, level(condition, yes, no), min(yes.low, no.low), max(yes.high, no.high), condition, yes, no)


def extreme(which: str, items: list[Node]) -> Node:
    if any(item.type == "money" for item in items):
        items = [const("money", 0) if item is ZERO else item for item in items]
    first = items[0]
    for other in items[1:]:
        same_type(first, other)
    if first.type not in ("int", "money", "date"):
        raise ValueError("higher_of、lower_of 只能比数、钱或日期")
    best = max if which == "higher" else min
    if all(isinstance(item, Const) for item in items):
        values = [item.value for item in items if isinstance(item, Const)]
        return const(first.type, None if None in values else best(values))  # type: ignore[type-var]
    span = best(item.low for item in items), best(item.high for item in items)
    return Extreme(first.type, level(*items), *span, which, tuple(items))  # type: ignore[arg-type]


def ratio(a: Node, n: Node, d: Node) -> Node:
    if a.type not in ("int", "money") or n.type != "int" or d.type != "int":
        raise ValueError("share、per_head 要用钱或整数除以整数")
    most = max(abs(a.low), abs(a.high)) * max(abs(n.low), abs(n.high))
    if isinstance(d, Const) and d.low < 0:
        raise ValueError("share 的第三项不能小于 0")
    bounded(2 * most + max(abs(d.low), abs(d.high)), most)
    if all(isinstance(part, Const) for part in (a, n, d)):
        return const(a.type, divided(a.value, n.value, d.value))  # type: ignore[attr-defined]
    low = -most if min(a.low, n.low, d.low) < 0 else 0
    return Ratio(a.type, level(a, n, d), low, most, a, n, d)


def divided(a: int | None, n: int | None, d: int | None) -> int | None:
    """a·n/d, half away from zero; unknown for an unknown or for d = 0."""
    if a is None or n is None or not d:
        return None
    top, bottom = abs(a * n), abs(d)
    size = (2 * top + bottom) // (2 * bottom)
    return size if (a * n < 0) == (d < 0) else -size


def since(span: str, a: Node) -> Node:
    if a.type != "date":
        raise ValueError(f"{span}_since 里要放日期，不是{NAMES[a.type]}")
    widest = 10_000 if span == "years" else 120_000
    return Since("int", a.level, -widest, widest, span, a)  # type: ignore[arg-type]


def known(a: Node) -> Node:
    if isinstance(a, Const):
        return const("bool", a.value is not None)
    return Known("bool", a.level, 0, 1, a)


def members(what: str, a: Node) -> Node:
    if a.level == "employer":
        raise ValueError("家庭成员的合计里不能用单位的事实")
    if what == "sum" and a.type not in ("int", "money"):
        raise ValueError("sum_members 里要放数或钱")
    if what != "sum" and a.type != "bool":
        raise ValueError(f"{'any_member' if what == 'any' else 'count_members'} 里要放一个条件")
    if what == "any":
        return Members("bool", "household", 0, 1, "any", a)
    if what == "count":
        return Members("int", "household", 0, MEMBERS, "count", a)
    low, high = bounded(min(a.low, a.low * MEMBERS), max(a.high, a.high * MEMBERS))
    return Members(a.type, "household", low, high, "sum", a)
