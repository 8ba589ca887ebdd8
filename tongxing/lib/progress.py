"""How far long work is, on stderr: a bar where a person looks at a terminal, one line with seconds per step.

Whoever is not at the terminal listens: a worker tells the page of its job.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar, overload

T = TypeVar("T")
WIDTH = 30
REDRAW = 0.1  # seconds
CLEAR = "\r\x1b[K"

Hear = Callable[[str, int, int], None]  # label, done, total (0 if nobody knows)

_quiet = False
_hear: Hear | None = None


def be_quiet(quiet: bool = True) -> None:
    """No bars and no step lines in this process any more (`--quiet`, tests)."""
    global _quiet
    _quiet = quiet


@contextmanager
def listening(hear: Hear) -> Iterator[None]:
    """`hear` is told of each step and item begun inside, in this process."""
    global _hear
    before, _hear = _hear, hear
    try:
        yield
    finally:
        _hear = before


def _tell(label: str, done: int = 0, total: int | None = None) -> None:
    if _hear is not None:
        _hear(label, done, total or 0)


def _told(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    for done, item in enumerate(items):
        _tell(label, done, total)
        yield item


def _has_terminal() -> bool:
    return not _quiet and sys.stderr.isatty()


@overload
def progress(work: int, label: str, *, total: int | None = None) -> Iterator[int]: ...
@overload
def progress(work: Iterable[T], label: str, *, total: int | None = None) -> Iterator[T]: ...
def progress(work: int | Iterable[T], label: str, *, total: int | None = None) -> Iterator[int] | Iterator[T]:
    """Yields the items of `work` (or 0 … work-1) and draws a bar; `total` for an iterable without a length."""
    items: Iterable[int] | Iterable[T] = range(work) if isinstance(work, int) else work
    if total is None and isinstance(items, Sized):
        total = len(items)
    if _hear is not None:
        items = _told(items, label, total)  # type: ignore[assignment]
    return _drawn(items, label, total) if _has_terminal() else iter(items)  # type: ignore[return-value]


def _drawn(items: Iterable[T], label: str, total: int | None) -> Iterator[T]:
    shown = 0.0
    try:
        for done, item in enumerate(items):
            if (now := time.monotonic()) - shown >= REDRAW:
                shown = now
                sys.stderr.write(CLEAR + bar(label, done, total))
                sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write(CLEAR)
        sys.stderr.flush()


def bar(label: str, done: int, total: int | None) -> str:
    """'读名单 ████░░░░ 50% 5/10', or just the count where the end is not known."""
    if not total:
        return f"{label} {done:,}"
    part = min(done / total, 1.0)
    full = round(part * WIDTH)
    return f"{label} {'█' * full}{'░' * (WIDTH - full)} {part:.0%} {done:,}/{total:,}"


@contextmanager
def step(label: str) -> Iterator[None]:
    """Prints '生成合成城市 … 12.3 秒' when the work inside is done, '没有做完' when it failed."""
    start = time.monotonic()
    _tell(label)
    try:
        yield
    except BaseException:
        _say(f"{label} … 没有做完，{time.monotonic() - start:.1f} 秒")
        raise
    _say(f"{label} … {time.monotonic() - start:.1f} 秒")


def _say(line: str) -> None:
    if not _quiet:
        print(line, file=sys.stderr, flush=True)
