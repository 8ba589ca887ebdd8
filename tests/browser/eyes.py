"""What a test sees on a page, measured in the page itself: each probe answers with the list of what is wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page as Tab

from tongxing.ui.display import Display

TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe leaves to a person and we looked at: rule, what it says, why it is well. Anything else is a fault.
REVIEWED = [
    ("color-contrast", "background gradient", "the band of a demo: both its colours are in ui/tests/test_contrast.py"),
    ("color-contrast", "contains an image node", "words of a chart: ink on surface, in ui/tests/test_contrast.py"),
    ("color-contrast-enhanced", "contains an image node", "the same"),
    ("color-contrast-enhanced", "background gradient", "as without enhanced"),
    ("color-contrast", "partially overlaps other elements", "beside the line that joins steps; it is behind no letter"),
    ("color-contrast-enhanced", "partially overlaps other elements", "the same"),
    ("color-contrast", "only non-text characters", "arrows and triangles beside words that say the same"),
    ("color-contrast-enhanced", "only non-text characters", "the same"),
    ("identical-links-same-purpose", "", "figures of a table: its row and column say which list they open"),
]
REVIEWED_UNTIL = date(2027, 11, 30)
RULES = {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
SIZED = ["target-size", "scrollable-region-focusable"]  # what larger letters alone can change
STRIDE = 10  # presses of Tab between two questions
MOST = 60  # stops looked at on one page; long lists repeat themselves


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def axe(tab: Tab, only: list[str] | None = None, but: list[str] | None = None) -> list[str]:
    """What axe-core finds, or is unsure of and nobody has REVIEWED, each with its rule, where, and why.

    `only` names rules instead of all `but` some.
    """
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(_axe())  # the policy of our pages forbids script tags, not the debugger
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    rules = RULES | {rule: {"enabled": False} for rule in but or ()}
    options = {"runOnly": run, "resultTypes": ["violations", "incomplete"]} | ({} if only else {"rules": rules})
    known = [[rule, said] for rule, said, _ in REVIEWED]
    return list(tab.evaluate(_RUN_AXE, [options, known]))


_RUN_AXE = """async ([options, known]) => {
  const found = await axe.run(document, options);
  const said = (rule, node) => `${rule.id}: ${node.html.slice(0, 200)} — ${node.failureSummary}`;
  const reviewed = (rule, node) => known.some(([id, words]) => id === rule.id &&
    [...node.any, ...node.all, ...node.none].map(check => check.message).join().includes(words));
  return [...found.violations.flatMap(rule => rule.nodes.map(node => said(rule, node))),
    ...found.incomplete.flatMap(rule => rule.nodes.filter(node => !reviewed(rule, node))
      .map(node => `unsure of ${said(rule, node)}`))];
}"""


def resize(tab: Tab, width: int) -> None:
    if tab.viewport_size != (size := {"width": width, "height": 800 if width > 600 else 640}):
        tab.set_viewport_size(size)  # type: ignore[arg-type]


def dress(tab: Tab, **display: str) -> None:
    """What the server writes for somebody's display, without opening the page once more (ui/display.py)."""
    tab.evaluate(_DRESS, Display(**display).__dict__)


_DRESS = """display => Object.assign(document.documentElement.dataset, display)"""


def too_wide(tab: Tab) -> list[str]:
    """What makes the page scroll sideways; tables may scroll inside their own region."""
    return list(tab.evaluate(_TOO_WIDE))


_TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= innerWidth) return [];
  return [`${root.scrollWidth} > ${innerWidth}`, ...[...document.querySelectorAll('body *')].filter(el =>
    el.getBoundingClientRect().right > innerWidth + 1 && !el.closest('.scroll, .sr')).slice(0, 5)
    .map(el => el.outerHTML.slice(0, 160))];
}"""


def silent_regions(tab: Tab) -> list[str]:
    """Regions that scroll and have no name or cannot be reached by keyboard."""
    return list(tab.evaluate(_SILENT))


_SILENT = """() => [...document.querySelectorAll('body *')].filter(el => {
  const style = getComputedStyle(el);
  return ['auto', 'scroll'].includes(style.overflowX) && el.scrollWidth > el.clientWidth + 1
    && !['TEXTAREA', 'SELECT', 'INPUT'].includes(el.tagName)
    && !(el.tabIndex === 0 && el.getAttribute('role') === 'region'
         && (el.getAttribute('aria-label') || el.getAttribute('aria-labelledby')));
}).map(el => el.outerHTML.slice(0, 160))"""


def small_targets(tab: Tab, least: int) -> list[str]:
    """Controls under `least` px either way. Links inside a sentence are left out, as WCAG 2.5.8 does; a radio button or
    a checkbox counts with the label around it."""
    return list(tab.evaluate(_SMALL, least))


_SMALL = """least => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(el => {
  if (!el.checkVisibility({contentVisibilityAuto: true}) || el.matches('.skip')) return false;
  const box = (el.matches('[type=radio], [type=checkbox]') && el.closest('label') || el).getBoundingClientRect();
  if (box.width >= least - 0.05 && box.height >= least - 0.05) return false;
  const said = node => node.textContent.replace(/[\\s，。、：；（）]/g, '');
  const inSentence = el.matches('a') && getComputedStyle(el).display.startsWith('inline')
    && el.parentElement.matches('p, dd, td, span, small, legend') && said(el.parentElement) !== said(el);
  return !inSentence;
}).map(el => { const box = el.getBoundingClientRect();
  return `${Math.round(box.width)}×${Math.round(box.height)} ${el.outerHTML.slice(0, 160)}`; })"""


def small_primary(tab: Tab, least: int) -> list[str]:
    """What one mainly presses or fills in and is under `least` px either way."""
    return list(tab.evaluate(_SMALL_PRIMARY, least))


_SMALL_PRIMARY = """least => [...document.querySelectorAll(`
    main :is(.btn, .choices label, .go, summary, select, textarea),
    main input:not([type=hidden], [type=radio], [type=checkbox])`)]
  .filter(el => el.checkVisibility()).map(el => [el.getBoundingClientRect(), el])
  .filter(([box]) => Math.min(box.width, box.height) < least - .5)
  .map(([box, el]) => `${Math.round(box.width)}×${Math.round(box.height)} ${el.outerHTML.slice(0, 120)}`)"""


def unpasted(tab: Tab) -> list[str]:
    """Fields that do not let anybody paste."""
    return list(tab.evaluate(_UNPASTED))


_UNPASTED = """() => [...document.querySelectorAll('input:not([type=hidden]), textarea')].filter(el =>
  !el.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true})))
  .map(el => el.outerHTML.slice(0, 120))"""


def clipped(tab: Tab) -> list[str]:
    """Boxes whose text does not fit and is cut off, or runs out of a button, a tag or a cell."""
    return list(tab.evaluate(_CLIPPED))


_CLIPPED = """() => [...document.querySelectorAll('body *')].filter(el => {
  const left = 'svg, .sr, .scroll > table, .sr *, select *';
  if (!el.checkVisibility() || el.closest(left) || el.matches('.scroll, select, input, textarea, .hero')) return false;
  const style = getComputedStyle(el), cut = style.overflowX !== 'visible' || style.overflowY !== 'visible';
  const frame = el.matches('.btn, .tag, .chip, .tabs a, .nav a, summary, label, h1, h2, h3');
  if ((!cut && !frame) || style.display === 'inline') return false;
  return el.scrollWidth > el.clientWidth + 2 || (cut && el.scrollHeight > el.clientHeight + 2);
}).map(el => `${el.scrollWidth}×${el.scrollHeight} in ${el.clientWidth}×${el.clientHeight} `
  + el.outerHTML.slice(0, 160))"""

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def structure(tab: Tab) -> dict[str, Any]:
    """Headings, landmarks, language and title as a screen reader lists them."""
    return dict(tab.evaluate(_STRUCTURE))


_STRUCTURE = """() => ({
  lang: document.documentElement.lang, title: document.title,
  levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1]),
  first: document.querySelector('a[href], button, input, select, [tabindex="0"]').getAttribute('href'),
  mains: document.querySelectorAll('main').length,
  banners: document.querySelectorAll('body > header').length,
  feet: document.querySelectorAll('body > footer').length,
  nameless: [...document.querySelectorAll('nav, section[role], [role=region]')].filter(el =>
    !el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby')).map(el => el.outerHTML.slice(0, 120)),
  jumps: document.querySelectorAll('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length,
  scripts: [...document.scripts].filter(script =>  // ours may come after the page, on top of what works without
    script.type !== 'application/json' && !(script.defer && script.src.startsWith(location.origin + '/static/'))
  ).length,
  handlers: [...document.querySelectorAll('*')].filter(el =>
    [...el.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).map(el => el.outerHTML.slice(0, 120)),
  dangling: [...document.querySelectorAll('a[href^="#"], [aria-labelledby], [aria-describedby], label[for]')]
    .flatMap(el => [(el.getAttribute('href') || '#').slice(1), ...(el.getAttribute('aria-labelledby') || '').split(' '),
      ...(el.getAttribute('aria-describedby') || '').split(' '), el.getAttribute('for') || ''])
    .filter(id => id && !document.getElementById(id)),
  charts: [...document.querySelectorAll('svg')].filter(svg => svg.getAttribute('aria-hidden') !== 'true').map(svg =>
    document.getElementById(svg.getAttribute('aria-describedby') || '-')?.tagName || svg.outerHTML.slice(0, 120)),
  helpless: !!document.querySelector('body.face') && !document.querySelector('body > footer a[href="tel:12345"]'),
  zoom: document.querySelector('meta[name=viewport]').content,
})"""


def stops(tab: Tab) -> list[dict[str, Any]]:
    """Where Tab by Tab leads, from the first stop until the page ends or begins again; stops as FOCUS describes them.

    The page itself looks whenever the next Tab goes down, and is asked once a STRIDE: asking each time cost a fifth
    more, letting each Tab go a quarter.
    """
    tab.evaluate(_LISTEN)
    keys = tab.context.new_cdp_session(tab)
    pressed = 1
    while True:
        for _ in range(STRIDE):
            keys.send("Input.dispatchKeyEvent", _TAB)
        pressed += STRIDE
        found = list(tab.evaluate("[...window.stops, window.look()]"))
        again = (at for at, stop in enumerate(found) if at and (stop is None or stop["html"] == found[0]["html"]))
        end = next(again, None)
        if end or len(found) < pressed or pressed >= MOST:
            tab.evaluate(_UNHEARD)
            keys.detach()
            return found[: min(end or MOST, MOST)]


_TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "nativeVirtualKeyCode": 9}


def is_far(found: list[dict[str, Any]], most: int) -> bool:
    """Whether the page has a field and the first comes after more than `most` Tabs."""
    places = [place for place, stop in enumerate(found, 1) if stop["field"]]
    return bool(places) and places[0] > most


# At the control that has the focus: how its focus shows, and whether anything covers it (five points of its box).
FOCUS = """() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  const style = getComputedStyle(el), box = [...el.getClientRects()].sort((a, b) => b.width - a.width)[0];
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const seen = right - left > 2 && bottom - top > 2, dx = (right - left) * .2, dy = (bottom - top) * .2;
  const points = [[(left + right) / 2, (top + bottom) / 2], [left + dx, top + dy], [right - dx, top + dy],
                  [left + dx, bottom - dy], [right - dx, bottom - dy]];
  const covered = points.filter(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return !(top && (el.contains(top) || top.contains(el) || top.closest('label')?.contains(el)));
  }).length;
  return {html: el.outerHTML.slice(0, 160), outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
    covered: seen ? covered : 5, top: box.top + scrollY, left: box.left, bottom: box.bottom + scrollY,
    inHeader: !!el.closest('header'), field: el.matches('main :is(input, select, textarea)'),
    whole: box.height > innerHeight - 40 || (box.top >= -1 && box.bottom <= innerHeight + 1)};
}"""

_LISTEN = f"""() => {{
  window.look = {FOCUS};
  document.querySelector('.skip').focus();
  window.stops = [];
  window.goesOn = key => {{ if (key.key === 'Tab') window.stops.push(window.look()); }};
  document.addEventListener('keydown', window.goesOn, true);
}}"""
# A link to the main part that has the focus covers the head.
_UNHEARD = """() => { document.removeEventListener('keydown', window.goesOn, true); document.activeElement.blur(); }"""
