"""Tags of the look: icons, words of state, lists of pages, forms with mistakes. Its filters stand in spoken.py."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongxing.ui import spoken
from tongxing.ui.states import STATES

register = template.Library()
for _filter in (spoken.yuan, spoken.wan_yuan, spoken.count, spoken.percent, spoken.spoken_date, spoken.month):
    register.filter(_filter.__name__, _filter)
register.filter("short_place", spoken.short_place)
STATIC = Path(__file__).resolve().parents[1] / "static"


@register.simple_tag
def asset(path: str) -> str:
    """The address of one of our static files with its fingerprint, so that an old copy is never shown."""
    return f"{static(path)}?{_fingerprint(path)}"


@cache
def _fingerprint(path: str) -> str:
    return hashlib.sha256(Path(str(finders.find(path))).read_bytes()).hexdigest()[:8]


@cache
def names_in(sprite: str) -> frozenset[str]:
    return frozenset(re.findall(r'id="([a-z0-9]+)"', (STATIC / "ui" / sprite).read_text(encoding="utf-8")))


def icon_names() -> frozenset[str]:
    return names_in("icons.svg")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture beside a word; screen readers hear only the word. ValueError for an icon that is not in the sprite."""
    if name not in icon_names():
        raise ValueError(f"there is no icon {name!r} in icons.svg")
    url = asset("ui/icons.svg")
    return format_html('<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', url, name)


@register.simple_tag
def picture(name: str) -> SafeString:
    """A large drawing beside a line of Easy Read. ValueError for one that is not in pictures.svg."""
    if name not in names_in("pictures.svg"):
        raise ValueError(f"there is no picture {name!r} in pictures.svg")
    url = asset("ui/pictures.svg")
    return format_html('<svg class="pic" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', url, name)


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """Icon, word and tint of a state. ValueError for a state without words."""
    if state not in STATES:
        raise ValueError(f"the state {state!r} has no words in tongxing/ui/states.py")
    said = STATES[state]
    return format_html('<span class="tag {}">{}{}</span>', said.tint, icon(said.icon), said.word)


@register.simple_tag
def state_word(state: str) -> SafeString:
    """The same without the frame, for the first column of a condition."""
    said = STATES[state]
    tint = f"t{said.tint}" if said.tint else ""
    return format_html('<b class="nb {}">{} {}</b>', tint, icon(said.icon), said.word)


@register.simple_tag
def figure(value: Any, label: str, url: str = "", note: str = "") -> SafeString:
    """One cell of ul.figs: a big number, what it counts, and the list that it opens."""
    small = format_html("<br><small>{}</small>", note) if note else ""
    inside = format_html('<span class="fig">{}</span>{}{}', value, label, small)
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, inside)
    return format_html("<li><div>{}</div></li>", inside)


@register.simple_tag
def masked_number(number: str, name: str = "证件号码") -> SafeString:
    """459902********0026 for the eye; 证件号码，尾号 0026 for the ear."""
    seen = format_html('<span class="nb" aria-hidden="true">{}</span>', number)
    return format_html('{}<span class="sr">{}，尾号 {}</span>', seen, name, number[-4:])


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A region with a name, reachable by keyboard, in which a wide table scrolls."""
    return format_html('<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>', label, content)


@register.inclusion_tag("ui/pager.html")
def pager(number: int, pages: int, base: str, anchor: str = "list") -> dict[str, Any]:
    """Links to the other pages of a list; `base` is the list's address with its filter, which is kept."""
    shown = sorted({1, pages} | {n for n in range(number - 2, number + 3) if 1 <= n <= pages})
    steps = [
        {"number": n, "url": page_url(base, n, anchor), "gap": n - before > 1} for before, n in pairwise([0, *shown])
    ]
    return {
        "steps": steps,
        "number": number,
        "pages": pages,
        "before": page_url(base, number - 1, anchor) if number > 1 else "",
        "after": page_url(base, number + 1, anchor) if number < pages else "",
    }


def page_url(base: str, number: int, anchor: str) -> str:
    """`base` with page=number, whatever page it named before: ?area=1, 2, list → ?area=1&page=2#list."""
    parts = urlsplit(base)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "page"]
    return parts._replace(query=urlencode([*kept, ("page", number)]), fragment=anchor).geturl()


@register.inclusion_tag("ui/chips.html")
def chips(filters: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Active filters as (words, address without it)."""
    return {"filters": list(filters)}


@register.inclusion_tag("ui/field.html")
def field(bound: Any) -> dict[str, Any]:
    """A form field with label, hint, error and control; a choice between radio buttons gets a legend."""
    return {"field": bound}


@register.inclusion_tag("ui/errors.html")
def error_summary(mistakes: Any, said: str = "没有存下") -> dict[str, Any]:
    """What stands at the top of a form with mistakes. Takes a Form, or (id of the field, words) pairs."""
    return {"mistakes": list(_mistakes(mistakes)), "said": said}


@register.simple_tag
def described(field_id: str, hint: str = "", mistakes: Any = ()) -> SafeString:
    """The attributes by which a field that is wrong says so itself, beside its hint. Of a group they stand on the
    fieldset, which has no value of its own: see `described_group`."""
    invalid = SafeString(' aria-invalid="true"') if _wrong(field_id, mistakes) else ""
    return format_html("{}{}", described_group(field_id, hint, mistakes), invalid)


@register.simple_tag
def described_group(field_id: str, hint: str = "", mistakes: Any = ()) -> SafeString:
    ids = [hint] * bool(hint) + [f"{field_id}-error"] * bool(_wrong(field_id, mistakes))
    return format_html(' aria-describedby="{}"', " ".join(ids)) if ids else SafeString("")


@register.simple_tag
def mistake(field_id: str, mistakes: Any = ()) -> SafeString:
    """What is wrong with a field, above the field; nothing where nothing is."""
    words = _wrong(field_id, mistakes)
    if not words:
        return SafeString("")
    return format_html('<p class="error" id="{}-error">{} {}</p>', field_id, icon("bad"), words)


def _wrong(field_id: str, mistakes: Any) -> str:
    """From (id, words) pairs, or from the words themselves where a page has one field."""
    return mistakes if isinstance(mistakes, str) else dict(mistakes).get(field_id, "")


def _mistakes(mistakes: Any) -> Iterable[tuple[str, str]]:
    if not hasattr(mistakes, "errors"):
        yield from mistakes
        return
    first = next(iter(mistakes.fields), "")
    for name, errors in mistakes.errors.items():
        bound = mistakes[first if name == "__all__" else name]
        label = "" if name == "__all__" else f"{bound.label}："
        yield from ((_first_control(bound), f"{label}{error}") for error in errors)


def _first_control(bound: Any) -> str:
    """The id that a link can focus: of a group of radio buttons the first one's."""
    return str(bound.subwidgets[0].id_for_label if bound.use_fieldset else bound.id_for_label)


@register.filter
def branches(node: Mapping[str, Any]) -> list[Any]:
    """The conditions under a condition. `node.items` in a template would be the method of a dict that has none."""
    return list(node.get("items") or [])
