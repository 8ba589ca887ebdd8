from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template

from tongxing.ui.samples import Sample
from tongxing.ui.states import STATES
from tongxing.ui.templatetags import look

NASTY = "<script>alert(1)</script>"


def rendered(text: str, **context: object) -> str:
    return Template("{% load look %}" + text).render(Context(context))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_an_icon_of_the_sprite_and_a_word(state: str) -> None:
    html = look.state_tag(state)
    assert STATES[state].word in words(html)
    assert f"#{STATES[state].icon}" in html
    assert 'aria-hidden="true"' in html


def test_an_unknown_state_or_icon_is_an_error_and_not_an_empty_tag() -> None:
    with pytest.raises(ValueError, match="no words"):
        look.state_tag("perhaps")
    with pytest.raises(ValueError, match="no icon"):
        look.icon("unicorn")


@pytest.mark.parametrize(
    "text",
    [
        "{% figure bad bad bad bad %}",
        "{% masked_number bad bad %}",
        "{% chips filters %}",
        "{% pager 2 3 bad %}",
        "{% scroll bad %}x{% endscroll %}",
        "{% error_summary filters bad %}",
        "{% include 'ui/empty.html' with title=bad text=bad %}",
        "{% include 'ui/notice.html' with title=bad text=bad %}",
        "{% include 'ui/tree.html' with node=node %}",
        "{{ bad|short_place }}",
    ],
)
def test_whatever_is_typed_comes_out_escaped(text: str) -> None:
    node = {"state": "ok", "label": NASTY, "note": NASTY, "source": NASTY}
    html = rendered(text, bad=NASTY, filters=[(NASTY, NASTY)], node=node)
    assert "<script" not in html
    assert "script" in html


def test_a_masked_number_is_read_out_by_its_last_four() -> None:
    html = rendered("{% masked_number number %}", number="459902********0026")
    assert '<span class="nb" aria-hidden="true">459902********0026</span>' in html
    assert '<span class="sr">证件号码，尾号 0026</span>' in html


def test_pages_keep_the_filter_and_lose_the_old_page() -> None:
    html = rendered("{% pager 4 9 base %}", base="?area=459902000000&reason=a%26b&page=4")
    assert 'href="?area=459902000000&amp;reason=a%26b&amp;page=5#list"' in html
    assert "page=4" not in html
    assert words(html) == "上一页 第 1 页 第 2 页 第 3 页 现在是第 4 页 第 5 页 第 6 页 … 第 9 页 下一页"


def test_a_single_page_has_no_pager() -> None:
    assert rendered("{% pager 1 1 '?' %}").strip() == ""


def test_an_active_filter_says_that_it_can_be_removed() -> None:
    html = rendered("{% chips filters %}", filters=[("东镇", "?list=missing")])
    assert 'href="?list=missing"' in html
    assert words(html) == "东镇 去掉"


def test_mistakes_are_summed_up_with_links_to_their_fields() -> None:
    form = Sample({"amount": "八十来块"})
    html = rendered("{% error_summary form '还没有算' %}{% for f in form %}{% field f %}{% endfor %}", form=form)
    assert "有错误：还没有算" in words(html)
    for anchor in re.findall(r'href="#(\w+)"', html):
        assert re.search(rf'<input[^>]* id="{anchor}"', html)
    assert html.count("认不出这个金额。请写成 1234.50 这样。") == 2
    assert 'value="八十来块"' in html
    assert 'aria-invalid="true"' in html
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        assert all(f'id="{name}"' in html for name in described.split())


def test_a_mistake_of_the_whole_form_leads_to_its_first_field() -> None:
    class Both(forms.Form):
        one = forms.CharField(label="甲", required=False)

        def clean(self) -> None:
            raise forms.ValidationError("两个日子对不上。")

    html = rendered("{% error_summary form %}", form=Both({}))
    assert 'href="#id_one">两个日子对不上。' in html


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert rendered("{% error_summary mistakes %}", mistakes=[]).strip() == ""


def test_a_figure_that_opens_a_list_is_a_link() -> None:
    assert '<a href="/x/"><span class="fig">61</span>漏了' in rendered("{% figure 61 '漏了' '/x/' %}")
    assert "<a " not in rendered("{% figure 61 '漏了' %}")
