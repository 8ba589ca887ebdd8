"""How a reader wants pages: looks, words, pinyin, aids to reading. Kept in a cookie, applied by the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from django.conf import settings
from django.http import HttpRequest
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
    def cookie(self) -> str:
        return ".".join(astuple(self))


def chosen(said: Mapping[str, str]) -> Display:
    """From a form or a cookie; what is missing or not among the choices is plain."""
    known = {name: {value for value, _ in choices} for name, choices in CHOICES.items()}
    return Display(**{name: said[name] for name in CHOICES if said.get(name) in known[name]})


def display_settings(request: HttpRequest) -> Display:
    parts = request.COOKIES.get(COOKIE, "").split(".")
    return chosen(dict(zip(CHOICES, parts, strict=False)))


def context(request: HttpRequest) -> dict[str, object]:
    """For every template: the display, whether the data are made up, and where the display form leads back to."""
    here = request.get_full_path() if request.method == "GET" else ""  # only a GET can be shown again
    return {"display": display_settings(request), "demo": settings.DEMO, "display_next": here}
