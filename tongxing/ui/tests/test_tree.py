from __future__ import annotations

from typing import Any

from tongxing.ui.samples import TREE
from tongxing.ui.tests.test_tags import rendered, words


def tree(node: dict[str, Any]) -> str:
    return rendered("{% include 'ui/tree.html' with node=node %}", node=node)


def test_every_state_of_a_condition_is_said_in_words() -> None:
    said = words(tree(TREE))
    assert "下面每一条都要符合 符合 残疾人证有效 有效到：2031年6月30日 来自： 残疾人证库 · 11月23日" in said
    assert "符合 家里困难 满足一条就行 符合 低保家庭" in said
    assert "不用看 低保边缘家庭 前一项已经够了" in said
    assert "不符合 没有领工伤护理费" in said
    assert "不知道 住的是自家房" in said


def test_branches_nest_as_lists() -> None:
    html = tree(TREE)
    assert html.count('<ul class="tree">') == 1
    assert html.count("<ul>") == 1
    assert html.count("<li>") == 6


def test_a_single_condition_is_a_tree_too() -> None:
    assert (
        words(tree({"state": "no", "kind": "all", "label": "满 60 岁", "note": "", "source": ""})) == "不符合 满 60 岁"
    )


def test_a_group_without_a_name_still_says_how_it_counts() -> None:
    group = {"state": "ask", "kind": "any", "label": None, "items": [{"state": "ask", "label": "低保"}]}
    assert words(tree({"state": "ask", "kind": "all", "items": [group]})).startswith(
        "下面每一条都要符合 不知道 满足一条就行"
    )
