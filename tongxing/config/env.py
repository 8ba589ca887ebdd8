"""Settings read from the environment, typed, each with an error that says how to mend it."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def boolean(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in ("1", "0", "true", "false", "yes", "no"):
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0 (see .env.example)")
    return value.lower() in ("1", "true", "yes")


def one_of(name: str, known: tuple[str, ...]) -> str:
    """One of the known words; the first is the default."""
    value = os.environ.get(name, known[0])
    if value not in known:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write one of {', '.join(filter(None, known))} (see .env.example)"
        )
    return value


def clock(name: str, default: str) -> time | None:
    """A time of the day, or None for "off"."""
    value = os.environ.get(name) or default
    if value == "off":
        return None
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: write a time like 02:00, or off (see .env.example)") from None


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def database(name: str, data: Path) -> dict[str, object]:
    """SQLite in the data folder, or PostgreSQL from a URL postgres://user:password@host:port/name."""
    url = os.environ.get(name, "")
    if not url:
        return sqlite(data / "tongxing.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"{name}: give a postgres:// URL, or leave it out for SQLite (see .env.example)")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(pair.split("=") for pair in parts.query.split("&") if pair).get("host", parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
    }


def sqlite(path: Path) -> dict[str, object]:
    """WAL and IMMEDIATE transactions: writers wait for each other instead of failing with 'database is locked'."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
        },
    }
