"""The marks and words of an expression, looked at before sqlglot reads it, so that each refusal says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tongxing.lib.place import nearest

ARITY = {
    "years_since": (1, 1), "months_since": (1, 1), "pick": (3, 3), "higher_of": (2, 99), "lower_of": (2, 99),
    "share": (3, 3), "per_head": (2, 2), "sum_members": (1, 1), "any_member": (1, 1), "count_members": (1, 1),
    "known": (1, 1), "receives": (1, 1), "entitled": (1, 1), "served": (2, 2),
}  # fmt: skip
KEYWORDS = {"AND", "OR", "NOT", "IN", "BETWEEN"}
MARK = re.compile(
    r"\s+|(?P<word>[^\W\d]\w*)|(?P<number>\d[\w.]*)|(?P<string>'[^'\\\n]*')"
    r"|(?P<mark><=>|->|=>|=<|--|==|!=|<>|<=|>=|//|/\*|&&|\|\||::|.)",
    re.S,
)
MARKS = {"=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "(", ")", ",", "."}
DIVISION = "没有除法：平分用 per_head，按比例用 share"
REFUSED = {
    "==": "相等只写一个 =",
    "!=": "不等于写 <>",
    "/": DIVISION,
    "//": DIVISION,
    "%": "没有取余数",
    "--": "这里不能写说明；两个减号之间加空格",
    "/*": "这里不能写说明",
    "&&": "并且写 AND",
    "||": "或者写 OR",
    ";": "只能写一个条件",
    "'": "引号没有配对",
    "::": "不能转换类型",
    **dict.fromkeys('"`', "名字不要加引号；文字要用单引号"),
    **dict.fromkeys("（），‘’“”", "符号要用英文的（半角）"),
}
INSTEAD = {
    "SUM": "sum_members",
    "COUNT": "count_members",
    "MAX": "higher_of",
    "MIN": "lower_of",
    "GREATEST": "higher_of",
    "LEAST": "lower_of",
    "CASE": "pick",
    "IF": "pick",
    "AGE": "years_since",
    "NULL": "known",
    "IS": "known",
    "COALESCE": "pick(known(…), …)",
    "DIV": "per_head 或 share",
    "EXISTS": "any_member",
}
# Words of SQL that no fact may have for a name; the others of INSTEAD are words only in capitals.
SQL = {"IS", "NULL", "CASE", "DIV", "LIKE", "XOR", "AS", "SELECT", "FROM", "WHERE", "INTERVAL", "CURRENT_DATE"}


class Wrong(ValueError):
    """A word or mark that may not stand where it stands."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Token(NamedTuple):
    kind: str
    text: str
    offset: int


def check_marks(text: str) -> None:
    """Raises Wrong at the first thing that the language does not have."""
    tokens = list(_tokens(text))
    pairs = list(pairwise([*tokens, Token("end", "", len(text))]))
    for token, following in pairs:
        _check_word(token, following)
    for token, following in pairs:
        if _is_value(token) and _is_value(following) and token.text.upper() != "DATE":
            raise Wrong(f"“{token.text}”和“{following.text}”之间少了 AND、OR 或别的运算", following.offset)
    _check_pairs(tokens)


def _tokens(text: str) -> Iterator[Token]:
    for found in MARK.finditer(text):
        token = Token(found.lastgroup or "", found.group(), found.start())
        if token.kind == "mark" and token.text not in MARKS:
            raise Wrong(REFUSED.get(token.text, f"不能用 {token.text} 这个符号"), token.offset)
        if token.kind == "number" and not token.text.isdigit():
            raise Wrong(f"只能写整数，不能写 {token.text}", token.offset)
        if token.kind:
            yield token


def _is_value(token: Token) -> bool:
    return token.kind in ("number", "string") or (token.kind == "word" and token.text.upper() not in KEYWORDS)


def _check_word(token: Token, following: Token) -> None:
    if token.kind != "word":
        return
    word = token.text.upper()
    instead = INSTEAD.get(word)
    called = following.text == "(" and word not in KEYWORDS
    if called and token.text not in ARITY:
        hint = f"；要用 {instead}" if instead else nearest(token.text, ARITY)
        raise Wrong(f"没有 {token.text} 这个函数{hint}", token.offset)
    if word in SQL or (instead and token.text == word):
        raise Wrong(f"不能用 {token.text}" + (f"；要用 {instead}" if instead else ""), token.offset)


def _check_pairs(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(":
            opened.append(token)
        elif token.text == ")" and not opened:
            raise Wrong("括号没有配对", token.offset)
        elif token.text == ")":
            opened.pop()
    if opened:
        raise Wrong("括号没有配对", opened[-1].offset)
