"""Handing out stored files after the view has asked who is looking."""

import os
import re

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
CHUNK = 64 * 1024
# What a browser shows or plays by itself without running anything in it.
INLINE = ("image/webp", "image/jpeg", "image/png", "video/", "audio/")


def serve_private(request, file, *, name: str, content_type: str):
    """The stored `file` for who may see it: by the web server in production, else here, with ranges for players."""
    if settings.ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.ACCEL_PREFIX}/{file.name}"
    else:
        response = _ranged(request, file, content_type)
    inline = content_type.startswith(INLINE)
    response["Content-Disposition"] = content_disposition_header(not inline, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _ranged(request, file, content_type: str):
    size = file.size
    asked = RANGE.match(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        response = FileResponse(file.open("rb"), content_type=content_type)
        response["Accept-Ranges"] = "bytes"
        return response
    first, last = _span(asked, size)
    if first >= size or first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(file.open("rb"), first, last), status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _span(asked: re.Match, size: int) -> tuple[int, int]:
    first, last = asked.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(opened, first: int, last: int):
    with opened:
        opened.seek(first, os.SEEK_SET)
        left = last - first + 1
        while left > 0 and (chunk := opened.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
