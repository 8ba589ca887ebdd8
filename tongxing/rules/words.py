"""An expression in plain Chinese words, from the labels of the names in it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from tongxing.lib.place import Text
from tongxing.rules.parse import is_date, parse

Labels = Mapping[str, str]
COMPARE: dict[type, str] = {
    exp.EQ: "是",
    exp.NEQ: "不是",
    exp.LT: "小于",
    exp.LTE: "不超过",
    exp.GT: "大于",
    exp.GTE: "不小于",
}
LONG: dict[type, str] = {
    exp.EQ: "正好满",
    exp.NEQ: "不是正好满",
    exp.LT: "不满",
    exp.LTE: "不超过",
    exp.GT: "超过",
    exp.GTE: "满",
}
ARITH: dict[type, str] = {exp.Add: "＋", exp.Sub: "－", exp.Mul: "×"}
SPANS = {"years_since": "年", "months_since": "个月"}
FUNCTIONS = {
    "share": "{0} × {1} ÷ {2}（四舍五入）",
    "per_head": "{0} ÷ {1}（四舍五入）",
    "sum_members": "全家“{0}”的合计",
    "any_member": "家里有人符合“{0}”",
    "count_members": "家里符合“{0}”的人数",
    "known": "知道“{0}”",
    "years_since": "{0}到现在的整年数",
    "months_since": "{0}到现在的整月数",
    "receives": "在领{0}",
    "entitled": "够条件领{0}",
}


def expression_in_words(text: str, names: Labels, codes: Mapping[str, Labels] | None = None) -> str:
    """'age >= 60 AND has_cert' → '年龄不小于 60，并且有残疾人证'. Raises PackError.

    `names`: labels of facts and derived names, 'param.x' and 'receives(x)'; a name without a label stands for itself.
    `codes`: for each code fact what its codes are called.
    """
    return _Words(names, codes or {}).say(parse(Text(text)))


class _Words:
    def __init__(self, names: Labels, codes: Mapping[str, Labels]) -> None:
        self.names, self.codes = names, codes

    def say(self, tree: exp.Expression) -> str:
        if isinstance(tree, exp.Paren):
            return f"（{self.say(tree.this)}）"
        if isinstance(tree, exp.And | exp.Or):
            word = "，并且" if isinstance(tree, exp.And) else "，或者"
            return f"{self._part(tree.this, tree)}{word}{self._part(tree.expression, tree)}"
        if isinstance(tree, exp.Not):
            return self._not(tree.this)
        if isinstance(tree, exp.Anonymous):
            return self._function(tree)
        if type(tree) in COMPARE or isinstance(tree, exp.In | exp.Between):
            return self._compared(tree)
        if type(tree) in ARITH:
            return f"{self._side(tree.this)} {ARITH[type(tree)]} {self._side(tree.expression)}"
        return f"负的{self.say(tree.this)}" if isinstance(tree, exp.Neg) else self._name(tree)

    def _part(self, tree: exp.Expression, whole: exp.Expression) -> str:
        """AND inside OR gets its brackets, which the eye needs and the grammar does not."""
        mixed = isinstance(tree, exp.And) and isinstance(whole, exp.Or)
        return f"（{self.say(tree)}）" if mixed else self.say(tree)

    def _side(self, tree: exp.Expression) -> str:
        """One side of a sign; a choice gets brackets."""
        said = self.say(tree)
        return f"（{said}）" if "；" in said and not said.startswith("（") else said

    def _not(self, tree: exp.Expression) -> str:
        if isinstance(tree, exp.In | exp.Between):
            return self._compared(tree, "不")
        return f"不是{_quoted(self.say(tree.unnest()))}"  # type: ignore[arg-type]

    def _name(self, tree: exp.Expression) -> str:
        if isinstance(tree, exp.Boolean):
            return "是" if tree.this else "否"
        if isinstance(tree, exp.Column):
            name = f"{tree.table}.{tree.name}" if tree.table else tree.name
            return self.names.get(name, name)
        return str(tree.this.this if is_date(tree) else tree.this)

    def _compared(self, tree: exp.Expression, no: str = "") -> str:
        if isinstance(tree.this, exp.Anonymous) and tree.this.this in SPANS and not isinstance(tree, exp.In):
            return self._long(tree, no)
        subject = self._side(tree.this)
        if isinstance(tree, exp.In):
            values = [self._value(part, tree.this) for part in tree.expressions]
            return f"{subject}{no}是{'、'.join(values)}" + ("之一" if len(values) > 1 else "")
        if isinstance(tree, exp.Between):
            return f"{subject}{no}在 {self.say(tree.args['low'])} 到 {self.say(tree.args['high'])} 之间"
        value, word = self._value(tree.expression, tree.this), COMPARE[type(tree)]
        return f"{subject}{' ' * subject[-1].isascii()}{word}{'' if value[0] == '“' else ' '}{value}"

    def _long(self, tree: exp.Expression, no: str) -> str:
        """发证日期到现在不满 12 个月"""
        since, unit = self.say(tree.this.expressions[0]), SPANS[tree.this.this]
        if isinstance(tree, exp.Between):
            return f"{since}到现在{no}在 {self.say(tree.args['low'])} 到 {self.say(tree.args['high'])} {unit}之间"
        length = self.say(tree.expression)
        span = f" {length} {unit}" if isinstance(tree.expression, exp.Literal) else f"{_quoted(length)}（{unit}）"
        return f"{since}到现在{LONG[type(tree)]}{span}"

    def _value(self, tree: exp.Expression, subject: exp.Expression) -> str:
        """A code is said by its name on the list of the fact beside it."""
        if isinstance(tree, exp.Literal) and tree.is_string:
            return f"“{self.codes.get(subject.name, {}).get(tree.this, tree.this)}”"
        return self._side(tree)

    def _function(self, tree: exp.Anonymous) -> str:
        name, first = str(tree.this), tree.expressions[0]
        if name == "pick":
            return self._pick(tree)
        if name == "served":
            label = self.names.get(f"served_{first.name}", first.name)
            return f"“{label}”在 {self.say(tree.expressions[1])} 个月以内"
        if f"{name}({first.name})" in self.names:
            return self.names[f"{name}({first.name})"]
        parts = [self._argument(part, name) for part in tree.expressions]
        if name in ("higher_of", "lower_of"):
            return f"{'、'.join(parts)}里{'最高' if name == 'higher_of' else '最低'}的一个"
        return FUNCTIONS[name].format(*parts)

    def _argument(self, tree: exp.Expression, name: str) -> str:
        """Quotes or brackets where the words of an argument would run into those around it."""
        said = self.say(tree)
        if "“{0}”" in FUNCTIONS.get(name, ""):
            return _quoted(said)[1:-1]
        return f"（{said}）" if isinstance(tree, exp.Add | exp.Sub) or "；" in said else said

    def _pick(self, tree: exp.Expression) -> str:
        """如果甲，用子；如果乙，用丑；不然用寅: a chain of picks is said in one breath."""
        said = []
        while isinstance(tree, exp.Anonymous) and tree.this == "pick":
            condition, yes, tree = tree.expressions
            said.append(f"如果{self.say(condition)}，用{self.say(yes)}")
        return "；".join([*said, f"不然用{self.say(tree)}"])


def _quoted(said: str) -> str:
    """Quotes inside quotes are single."""
    return f"“{said.replace('“', '‘').replace('”', '’')}”"
