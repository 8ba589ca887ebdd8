"""The key ring of this instance. Keys lie outside the database (S12); a demo makes its own on first use."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tongxing.lib.crypto import KeyRing


@lru_cache(maxsize=1)
def ring() -> KeyRing:
    """Raises ImproperlyConfigured where a real city has no key file."""
    if not settings.KEYS.is_file():
        if not settings.DEMO:
            raise ImproperlyConfigured("没有密钥文件。请按 .env.example 里 TONGXING_KEYS 的说明放好。")
        KeyRing.generate().save(settings.KEYS)
    return KeyRing.load(settings.KEYS)
