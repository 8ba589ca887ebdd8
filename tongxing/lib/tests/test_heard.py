"""What is read aloud of a page."""

from __future__ import annotations

from tongxing.lib.heard import heard_lines

PAGE = """<header>同行</header><main id="main"><div data-aloud><button>念</button></div><h1>我的 <b>事</b></h1>
<p>到了 <span aria-hidden="true">4505**</span><span class="sr">尾号 1234</span>。<br>第二行</p>
<svg><use href="#x"/></svg>
<form><label>手机号</label><input value="154"><textarea>打过的字</textarea><button>交</button></form>
<ul><li>一<li>二</ul>
<ruby>北<rt>běi</rt></ruby><p hidden>看不见</p></main><footer>页脚</footer>"""


def test_only_the_main_part_is_said_and_what_is_hidden_is_not() -> None:
    assert heard_lines(PAGE) == ["我的 事", "到了 尾号 1234。", "第二行", "手机号", "交", "一", "二", "北"]


def test_a_page_that_is_badly_closed_is_read_to_its_end() -> None:
    assert heard_lines("<main><p>甲<div>乙</b></div>丙</main>丁") == ["甲", "乙", "丙"]
