"""An expression said in plain words."""

from __future__ import annotations

import pytest

from tongxing.rules.words import expression_in_words

NAMES = {
    "age": "年龄",
    "has_cert": "有残疾人证",
    "tekun": "特困供养",
    "category": "残疾类别",
    "grade": "等级",
    "income": "收入",
    "cert_until": "证件到期日",
    "served_device": "上次配辅具",
    "param.line": "低保线",
    "param.months": "几个月",
    "receives(alms)": "在领救济金",
}
CODES = {"category": {"visual": "视力", "none": "无"}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("age >= 60 AND has_cert", "年龄不小于 60，并且有残疾人证"),
        ("has_cert OR tekun AND age < 18", "有残疾人证，或者（特困供养，并且年龄小于 18）"),
        ("NOT (has_cert AND tekun)", "不是“有残疾人证，并且特困供养”"),
        ("category = 'visual'", "残疾类别是“视力”"),
        ("category NOT IN ('none', 'visual')", "残疾类别不是“无”、“视力”之一"),
        ("grade IN (1, 2)", "等级是1、2之一"),
        ("age NOT BETWEEN 6 AND 15", "年龄不在 6 到 15 之间"),
        ("months_since(cert_until) < 12", "证件到期日到现在不满 12 个月"),
        ("months_since(cert_until) >= param.months", "证件到期日到现在满“几个月”（个月）"),
        ("years_since(cert_until) BETWEEN 1 AND 3", "证件到期日到现在在 1 到 3 年之间"),
        ("cert_until >= DATE '2025-06-30'", "证件到期日不小于 2025-06-30"),
        ("any_member(has_cert AND NOT tekun)", "家里有人符合“有残疾人证，并且不是‘特困供养’”"),
        ("count_members(has_cert) > 1", "家里符合“有残疾人证”的人数大于 1"),
        ("sum_members(income) <= param.line * 2", "全家“收入”的合计不超过 低保线 × 2"),
        ("share(income - param.line, 1, 2) > 0", "（收入 － 低保线） × 1 ÷ 2（四舍五入）大于 0"),
        ("pick(tekun, 1, pick(has_cert, 2, 3)) = 1", "（如果特困供养，用1；如果有残疾人证，用2；不然用3）是 1"),
        ("NOT served(device, 36)", "不是“‘上次配辅具’在 36 个月以内”"),
        ("receives(alms) OR entitled(other)", "在领救济金，或者够条件领other"),
        ("known(income) = TRUE", "知道“收入”是 是"),
        ("nameless > -5", "nameless 大于 负的5"),
    ],
)
def test_an_expression_is_said_in_words(text: str, words: str) -> None:
    assert expression_in_words(text, NAMES, CODES) == words
