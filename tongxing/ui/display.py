"""How a reader wants pages: looks, words, pinyin, aids to reading. Applied by the server.

Kept with the account of whoever signed in, so that every device knows it, and in a cookie of this device for guests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE = "display"
A_YEAR = 365 * 24 * 3600
Choices = tuple[tuple[str, str], ...]
CHOICES: dict[str, Choices] = {
    "theme": (
        ("default", "平常"),
        ("dark", "深色"),
        ("hc-dark", "黑底高对比"),
        ("hc-light", "白底高对比"),
        ("cream", "米黄"),
        ("auto", "跟着手机、电脑走"),
    ),
    "text": (("100", "平常"), ("125", "大"), ("150", "很大"), ("200", "最大")),
    "size": (("normal", "平常"), ("elder", "长辈版")),
    "spacing": (("normal", "平常"), ("wide", "宽松")),
    "keys": (("on", "开着"), ("off", "关掉")),
    "words": (("full", "平常"), ("easy", "易读版")),
    "pinyin": (("off", "不要"), ("on", "要")),
    "guide": (("off", "不要"), ("on", "要")),
    "pointer": (("normal", "平常"), ("big", "很大")),
    "caption": (("off", "不要"), ("on", "要")),
    "aloud": (("off", "不要"), ("on", "要")),
}
TITLES = {
    "theme": "颜色",
    "text": "字多大",
    "size": "长辈版",
    "spacing": "字行间隔",
    "keys": "单键快捷键",
    "words": "易读版",
    "pinyin": "拼音",
    "guide": "读到哪一行",
    "pointer": "鼠标箭头",
    "caption": "大字提示条",
    "aloud": "念给我听",
}
PLAIN = {name: choices[0][0] for name, choices in CHOICES.items()}


@dataclass(frozen=True)
class Display:
    """One value of CHOICES for each preference; the first is the plain one."""

    theme: str = PLAIN["theme"]
    text: str = PLAIN["text"]
    size: str = PLAIN["size"]
    spacing: str = PLAIN["spacing"]
    keys: str = PLAIN["keys"]
    words: str = PLAIN["words"]
    pinyin: str = PLAIN["pinyin"]
    guide: str = PLAIN["guide"]
    pointer: str = PLAIN["pointer"]
    caption: str = PLAIN["caption"]
    aloud: str = PLAIN["aloud"]

    @property
    def attributes(self) -> SafeString:
        """` data-theme="dark" data-text="150"` for the html element; a plain preference leaves no attribute."""
        said = [(name, value) for name, value in vars(self).items() if value != PLAIN[name]]
        return format_html_join("", ' data-{}="{}"', said)

    @property
    def words_of(self) -> list[tuple[str, str]]:
        """What is not plain, as the form says it: 颜色, 深色."""
        return [
            (TITLES[name], dict(CHOICES[name])[value]) for name, value in vars(self).items() if value != PLAIN[name]
        ]

    @property
    def cookie(self) -> str:
        return ".".join(astuple(self))


def chosen(said: Mapping[str, str]) -> Display:
    """From a form or a cookie; what is missing or not among the choices is plain."""
    known = {name: {value for value, _ in choices} for name, choices in CHOICES.items()}
    return Display(**{name: said[name] for name in CHOICES if said.get(name) in known[name]})


def read(kept: str) -> Display:
    """From what a cookie or an account keeps, as far as it makes sense."""
    return chosen(dict(zip(CHOICES, kept.split("."), strict=False)))


def display_settings(request: HttpRequest) -> Display:
    """What the account keeps; of guests, and of whoever never chose while signed in, what this device keeps."""
    return read(getattr(getattr(request, "user", None), "display", "") or request.COOKIES.get(COOKIE, ""))


def context(request: HttpRequest) -> dict[str, object]:
    """For every template: the display, whether the data are made up, and where the display form leads back to."""
    here = request.get_full_path() if request.method == "GET" else ""  # only a GET can be shown again
    return {"display": display_settings(request), "demo": settings.DEMO, "display_next": here}


def wants_sound(request: HttpRequest) -> bool:
    """The page is asked for as a sound file, by somebody who wants pages read."""
    return request.method == "GET" and "sound" in request.GET and display_settings(request).aloud == "on"


def changes_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose POST only carries what was said: the same may be sent again to hear its page."""
    view.changes_nothing = True  # type: ignore[attr-defined]
    return view


def may_send_again(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and hasattr(match.func, "changes_nothing")


def wants_sound_in(request: HttpRequest) -> bool:
    """The page that answers a form is to come again with its sound in it: no address may say what was typed."""
    return may_send_again(request) and "sound" in request.POST and display_settings(request).aloud == "on"


def is_written_on(request: HttpRequest) -> bool:
    """Whether config/aids.py still has to read the finished page, which may not be compressed before."""
    return display_settings(request).pinyin == "on" or wants_sound(request) or wants_sound_in(request)
