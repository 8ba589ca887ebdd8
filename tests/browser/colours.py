"""Colours as they come out on a page: from what the browser computed (A2), without the site's own (A10), and as pixels
of a picture (A7, A10). Each probe answers with the list of what is wrong."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page as Tab

THEMES = ["default", "dark", "hc-dark", "hc-light", "cream"]
TALLEST = 4000  # px of a page that a picture shows
AROUND = 8  # px on either side of an edge in which a ring is looked for
Picture = NDArray[np.uint8]  # rows, columns, red green blue
_LEVELS = np.arange(256) / 255
_LIGHT = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4)


def pale(tab: Tab, themes: list[str]) -> list[str]:
    """Text under 7:1 (large 4.5:1), edges of controls, icons and lines of charts under 3:1, in each of the themes."""
    return list(tab.evaluate(_PALE, themes))


_PALE = """themes => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const part = c => c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4;
  const light = c => .2126 * part(c[0]) + .7152 * part(c[1]) + .0722 * part(c[2]);
  const ratio = (one, other) => { if (!other) return 21; const [a, b] = [light(parts(one)), light(parts(other))].sort();
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); };
  const seen = colour => colour !== 'none' && (parts(colour)[3] ?? 1) > .9;
  const ground = el => { for (; el; el = el.parentElement) { const style = getComputedStyle(el);
    if (style.backgroundImage !== 'none') return null;  // stripes: the sheet's own pairs are calculated elsewhere
    if (seen(style.backgroundColor)) return style.backgroundColor; } return 'rgb(255, 255, 255)'; };
  const says = el => [...el.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const shown = [...document.querySelectorAll('body *')].filter(el => el.checkVisibility() && !el.closest('.sr'));
  const texts = shown.filter(el => !el.closest('svg') && says(el));
  const edged = shown.filter(el => el.matches(`.btn, .chip, .choices label, select, textarea,
    input:not([type=radio], [type=checkbox], [type=file], [type=range])`));
  const icons = shown.filter(el => el.matches('svg.i'));
  const lines = shown.filter(el => !el.matches('.s0')
    && el.matches('svg:not([aria-hidden=true]) :is(path, rect, line, circle, polyline, polygon)'));
  const wrong = new Map(), root = document.documentElement, was = root.dataset.theme;
  const hold = (theme, what, el, least, found) => { if (found < least - .005)
    wrong.set(`${theme} ${what} ${found.toFixed(1)}`, el.outerHTML.slice(0, 120)); };
  for (const theme of themes) {
    root.dataset.theme = theme;
    for (const el of texts) { const style = getComputedStyle(el), size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
      hold(theme, 'text', el, large ? 4.5 : 7, ratio(style.color, ground(el))); }
    for (const el of edged) { const style = getComputedStyle(el), under = ground(el.parentElement);
      const drawn = [style.borderTopColor, style.backgroundColor].filter(seen);
      if (drawn.length || !el.matches('.btn'))  // a button may be words alone, as a link is
        hold(theme, 'edge', el, 3, Math.max(...drawn.map(colour => ratio(colour, under)))); }
    for (const el of icons) hold(theme, 'icon', el, 3, ratio(getComputedStyle(el).stroke, ground(el)));
    for (const el of lines) { const style = getComputedStyle(el), drawn = [style.fill, style.stroke].filter(seen);
      if (drawn.length) hold(theme, 'chart', el, 3, Math.max(...drawn.map(colour => ratio(colour, ground(el))))); }
  }
  if (was === undefined) delete root.dataset.theme; else root.dataset.theme = was;
  return [...wrong].map(pair => pair.join(': '));
}"""


def pale_on_paper(tab: Tab) -> list[str]:
    """Printed without backgrounds, as browsers do unasked: text under 7:1 and icons under 3:1 on white (A9)."""
    tab.emulate_media(media="print")
    found = list(tab.evaluate(_PALE_ON_PAPER))
    tab.emulate_media(media="screen")
    return found


_PALE_ON_PAPER = """() => [...document.querySelectorAll('body *')].filter(el => {
  if (!el.checkVisibility() || el.closest('.sr')) return false;
  const icon = el.matches('svg.i, svg.pic');
  const says = [...el.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!icon && (el.closest('svg') || !says)) return false;
  const part = c => c / 255 <= .04045 ? c / 255 / 12.92 : ((c / 255 + .055) / 1.055) ** 2.4;
  const style = getComputedStyle(el);
  const [r, g, b] = (icon ? style.stroke : style.color).match(/[\\d.]+/g).map(Number).map(part);
  return 1.05 / (.2126 * r + .7152 * g + .0722 * b + .05) < (icon ? 3 : 7);
}).map(el => el.outerHTML.slice(0, 120))"""


def bare(tab: Tab) -> list[str]:
    """Under forced colours: what has lost its border, and icons that do not take the colour of their text."""
    return list(tab.evaluate(_BARE))


_BARE = """() => [...document.querySelectorAll(`.btn, .tag, .chip, .card, .panel, .notice, .choices label,
    select, textarea, input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), svg.i`)].filter(el => {
  const style = getComputedStyle(el);
  const lost = el.matches('svg') ? style.stroke !== style.color : parseFloat(style.borderTopWidth) < 1;
  return lost && el.checkVisibility();
}).map(el => el.outerHTML.slice(0, 120))"""


def unseen_states(tab: Tab) -> list[str]:
    """What is chosen, current, wrong, disabled or unfolded, and looks as if it were not. Takes the states away."""
    before = tab.evaluate(_STATES)
    if not before:
        return []
    first = picture(tab, before)
    after = tab.evaluate(_WITHOUT)
    second = picture(tab, after)
    pairs = zip(before, after, strict=True)
    return [one["html"] for one, other in pairs if _alike(cut(first, one), cut(second, other))]


_BOX = """el => { const box = (el.closest('.choices label') || el).getBoundingClientRect();
  return {x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height,
    html: el.outerHTML.slice(0, 120)}; }"""
_STATES = f"""() => {{ const box = {_BOX};
  window.states = [...document.querySelectorAll(`:is(a, button)[aria-current], input:checked,
    :is(input, select, textarea, button):disabled, [aria-invalid=true], details[open] > summary`)].filter(el =>
    el.checkVisibility() && box(el).y < {TALLEST} - 400 && !el.closest('.sr'));
  return window.states.map(box); }}"""
_WITHOUT = f"""() => {{ const box = {_BOX};
  for (const el of window.states) {{ el.checked = false; el.disabled = false;
    el.removeAttribute('aria-current'); el.removeAttribute('aria-invalid');
    if (el.matches('summary')) el.parentElement.open = false; }}
  return window.states.map(box); }}"""


def picture(tab: Tab, boxes: list[dict[str, Any]] | None = None) -> Picture:
    """The page from its top, to the lowest of these boxes."""
    lowest = [math.ceil(box["y"] + box["height"]) + AROUND for box in boxes or ()]
    height = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST, max(lowest, default=TALLEST))
    clip = {"x": 0, "y": 0, "width": tab.viewport_size["width"], "height": height}  # type: ignore[index]
    shot = Image.open(BytesIO(tab.screenshot(full_page=True, clip=clip, animations="disabled")))  # type: ignore[arg-type]
    return np.asarray(shot.convert("RGB"))


def cut(whole: Picture, box: dict[str, Any], more: int = 4) -> Picture:
    left, top = max(round(box["x"]) - more, 0), max(round(box["y"]) - more, 0)
    return whole[top : round(box["y"] + box["height"]) + more, left : round(box["x"] + box["width"]) + more]


def _alike(one: Picture, other: Picture) -> bool:
    """Fewer than a dozen pixels differ three to one."""
    rows, columns = (min(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    return int((contrast(one[:rows, :columns], other[:rows, :columns]) >= 3).sum()) < 12


def contrast(one: Picture, other: Picture) -> NDArray[np.float64]:
    """Of each pixel with the one in the same place (WCAG 2)."""
    lights = [_LIGHT[shot] @ np.array([0.2126, 0.7152, 0.0722]) for shot in (one, other)]
    return (np.maximum(*lights) + 0.05) / (np.minimum(*lights) + 0.05)  # type: ignore[no-any-return]


def faint_rings(tab: Tab, themes: list[str]) -> list[str]:
    """Controls, one of each kind on the page, whose focus is no ring of 3 px that differs 3:1 from what was there.

    The browser itself is told that they have the focus, all at once; that a Tab gives it is `eyes.stops`' to see.
    """
    tab.evaluate(_KINDS)
    before = {theme: _in(theme, tab) for theme in themes}
    browser = tab.context.new_cdp_session(tab)
    for command in ("DOM.enable", "CSS.enable"):
        browser.send(command)
    root = browser.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = browser.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-kind]"})["nodeIds"]
    for node in nodes:
        browser.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["focus", "focus-visible"]})
    boxes = tab.evaluate(_KIND_BOXES)
    found = []
    for theme in themes:
        pair = before[theme], _in(theme, tab)
        found += [f"{theme} {ring:.0%}: {box['html']}" for box in boxes if (ring := _ringed(*pair, box)) < box["least"]]
    browser.detach()
    return found


def _in(theme: str, tab: Tab) -> Picture:
    tab.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    return picture(tab)


_KINDS = f"""() => {{ const kinds = new Set();
  for (const el of document.querySelectorAll(`a[href], button, input:not([type=hidden]), select, textarea, summary,
      [tabindex="0"]`)) {{
    const kind = [el.tagName, el.type, el.className, el.parentElement.className, !!el.closest('header')].join();
    if (el.matches('.skip')) continue;  // comes over the head only while it has the focus
    const box = el.getBoundingClientRect(), window = el.closest('.scroll')?.getBoundingClientRect();
    const inside = !window || el.matches('.scroll') || (box.left > window.left + 8 && box.right < window.right - 8);
    if (!el.checkVisibility() || kinds.has(kind) || !inside || box.bottom + scrollY > {TALLEST} - 20) continue;
    kinds.add(kind);
    el.dataset.kind = kinds.size;
  }} }}"""
_KIND_BOXES = """() => [...document.querySelectorAll('[data-kind]')].map(el => {
  const rects = [...el.getClientRects()], box = rects.sort((a, b) => b.width - a.width)[0];
  return {x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height,
    html: el.outerHTML.slice(0, 120),
    least: rects.length > 1 ? .6 : .85};  // lines of one link share an edge, neighbours' edges are dark
})"""


def _ringed(before: Picture, after: Picture, box: dict[str, Any]) -> float:
    """Which part of the box's four sides has three changed pixels in a row across it."""
    changed = contrast(cut(before, box, AROUND), cut(after, box, AROUND)) >= 3
    short = max(AROUND - round(box["y"]), 0), max(AROUND - round(box["x"]), 0)  # what lies before the page's own edge
    wide, high = round(box["width"]) + 2 * AROUND, round(box["height"]) + 2 * AROUND
    whole = np.zeros((high + 2, wide + 2), dtype=bool)
    whole[short[0] : short[0] + changed.shape[0], short[1] : short[1] + changed.shape[1]] = changed
    inner, band = slice(AROUND, -AROUND - 2), 2 * AROUND
    strips = [whole[:band, inner], whole[-band - 2 :, inner], whole[inner, :band].T, whole[inner, -band - 2 :].T]
    rows = [(strip[:-2] & strip[1:-1] & strip[2:]).any(axis=0) for strip in strips]
    return float(np.concatenate(rows).mean())
