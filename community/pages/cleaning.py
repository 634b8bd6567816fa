"""A picture as it may be stored: turned upright, without camera, place or comment, under a name nobody can guess."""

import secrets
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def cleaned_picture(file) -> ContentFile:
    """Re-encode, so that only the pixels are kept. The caller has checked size and number of pixels."""
    file.seek(0)
    with Image.open(file) as picture:
        kind = picture.format if picture.format in EXTENSIONS else "PNG"
        upright = ImageOps.exif_transpose(picture)
        pixels = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            upright = upright.convert("RGBA")
            pixels = Image.new("RGBA", upright.size)
        pixels.paste(upright)
        out = BytesIO()
        pixels.save(out, kind, **({"quality": 88} if kind != "PNG" else {}))
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(16)}.{EXTENSIONS[kind]}")
