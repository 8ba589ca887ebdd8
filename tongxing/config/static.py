"""Static files go out compressed (A11): packed when first asked for and kept in memory; nothing has to be built."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseMiddleware

from tongxing.content.recordings import FOLDER

PACKED = ("text/", "application/json", "image/svg+xml")  # pictures and the like are compressed already


class CompressedStatic(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, which takes compressed files only from a folder that somebody filled before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (recorded := settings.PACK / FOLDER).is_dir():  # in parts, as players ask for them
            self.add_files(str(recorded), prefix=f"/{FOLDER}/")

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> Any:
        response = WhiteNoiseMiddleware.serve(static_file, request)
        if not response.get("Content-Type", "").startswith(PACKED):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method != "GET" or response.status_code != 200 or "gzip" not in _encodings(request):
            return response
        content = _packed(b"".join(response.streaming_content))
        response.close()
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        return HttpResponse(
            content, headers=headers | {"Content-Encoding": "gzip", "Content-Length": str(len(content))}
        )


def _encodings(request: HttpRequest) -> str:
    return str(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=64)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
