"""The words of state. Each has an icon, a word and a tint, so that nothing is said by colour alone."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """`tint` is one of '', ok, wait, bad, ask, far, info: the classes of .tag in the sheet."""

    word: str
    icon: str
    tint: str


STATES = {
    # what a person is owed
    "missing": State("应享未享", "flag", "wait"),
    "receiving": State("正在领", "ok", "ok"),
    "unknown": State("要问一句", "ask", "ask"),
    "wrong": State("不够条件还在领", "bad", "bad"),
    "declined": State("本人不要", "undo", ""),
    "not_entitled": State("不符合", "no", ""),
    # one condition
    "ok": State("符合", "ok", "ok"),
    "no": State("不符合", "no", ""),
    "ask": State("不知道", "ask", "ask"),
    "skip": State("不用看", "none", ""),
    "not_needed": State("不用看", "none", ""),
    # money and lists
    "illustrative": State("示例金额", "sample", "info"),
    "stale": State("过时", "stale", "wait"),
    "late": State("没按时到", "wait", "wait"),
    "arrived": State("到了", "ok", "ok"),
    "same": State("一致", "same", "ok"),
    "differs": State("不一致", "diff", "wait"),
    # a target of the plan
    "on_track": State("赶得上", "ok", "ok"),
    "behind": State("慢了", "late", "wait"),
    "far_behind": State("慢很多", "risk", "far"),
    "reached": State("达到了", "ok", "ok"),
    "missed": State("没有达到", "risk", "far"),
    "no_figure": State("没有数", "off", ""),
    "no_data": State("没有数", "off", ""),
    "no_target": State("没定目标", "none", ""),
    # a task of the plan
    "task_not_started": State("还没动", "none", ""),
    "task_going": State("在办", "go", "info"),
    "task_waiting": State("等核定", "ask", "ask"),
    "task_blocked": State("卡住了", "flag", "wait"),
    "task_late": State("晚了", "late", "wait"),
    "task_done": State("完成", "ok", "ok"),
    "hidden": State("人太少，不公布", "none", ""),
    # a promise of the plan
    "carried": State("有着落", "ok", "ok"),
    "gap": State("还没有", "off", "wait"),
}
