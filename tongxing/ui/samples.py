"""Made-up content for the page that shows every component. No city, no person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tongxing.ui.charts import Bar, bars
from tongxing.ui.states import STATES

TOKENS = (
    ("地面", ("bg", "surface", "sunk", "line", "edge")),
    ("字", ("ink", "ink2", "link", "sea", "head")),
    ("状态", ("ok", "wait", "bad", "ask", "c1", "c2", "c3")),
    ("状态的底", ("ok-bg", "wait-bg", "bad-bg", "ask-bg", "info-bg", "halo", "focus")),
)
TREE: dict[str, Any] = {
    "label": None,
    "state": "ask",
    "kind": "all",
    "items": [
        {
            "label": "残疾人证有效",
            "state": "ok",
            "kind": "all",
            "note": "有效到：2031年6月30日",
            "source": "残疾人证库 · 11月23日",
        },
        {
            "label": "家里困难",
            "state": "ok",
            "kind": "any",
            "items": [
                {"label": "低保家庭", "state": "ok", "note": "在低保名单里：是", "source": "民政名单 · 11月23日"},
                {"label": "低保边缘家庭", "state": "skip", "note": "前一项已经够了", "source": ""},
            ],
        },
        {"label": "没有领工伤护理费", "state": "no", "note": "在领：是", "source": "人社名单 · 10月31日"},
        {"label": "住的是自家房", "state": "ask", "note": "自家房：不知道", "source": "还没有人说过"},
    ],
}
PEOPLE = (
    ("兰一", 78, "视力 二级", date(2025, 8, 1), 32000, "没有手机"),
    ("莫二", 33, "智力 三级", date(2025, 10, 1), 16000, "短信可达"),
    ("韦三", None, "精神 二级", None, None, "找监护人"),
)


class Sample(forms.Form):
    """One field of each kind, two of them wrong."""

    amount = forms.CharField(label="每人每月", help_text="写元，比如 80 或 80.50")
    day = forms.CharField(label="从哪天起", help_text="写成 2026-01-03 这样", required=False)
    home = forms.ChoiceField(
        label="她住的是自家的房吗？",
        choices=[("yes", "是"), ("no", "租的、借的"), ("refused", "不愿说")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。说不准，就选“不愿说”。"},
    )

    def clean_amount(self) -> str:
        """Always refused, so that the page shows how a mistake looks."""
        raise forms.ValidationError("认不出这个金额。请写成 1234.50 这样。")


def everything() -> dict[str, Any]:
    rows = [Bar("东县", 1219, 853), Bar("西区", 325, 221), Bar("南区", 0, 40), Bar("很长很长的一个区", 186, None)]
    return {
        "tokens": TOKENS,
        "states": list(STATES),
        "icons_shown": ("find", "down", "add", "doc", "home", "phone", "msg", "print", "kid", "ear", "ramp", "yuan"),
        "tree": TREE,
        "leaf": {"label": "残疾人证有效", "state": "ok", "note": "", "source": "残疾人证库 · 11月23日"},
        "people": PEOPLE,
        "filters": [("生活补贴", "?a=1"), ("东镇", "?b=1"), ("漏了 1 个月以上", "?c=1")],
        "tabs": [
            {"name": "应享未享", "url": "#d-tabs", "current": True, "count": 3773},
            {"name": "不够条件还在领", "url": "#d-tabs", "current": False, "count": 61},
            {"name": "本人不要", "url": "#d-tabs", "current": False, "count": None},
        ],
        "figures": [(3773, "应享未享", "#figures"), (61, "不够条件还在领", "#figures"), (1408, "说不清，要问", "")],
        "fen": [8000, 320050, 592_700_000, None],
        "form": Sample({"amount": "八十来块", "day": "2026-01-03"}),
        "rows": rows,
        "chart": bars(rows, "改后", "现在", title="一年的钱，按县区（万元）"),
    }
