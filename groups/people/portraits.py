"""Portraits: whatever is uploaded becomes a small square WebP with nothing in it but pixels."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from theme.errors import Refusal

SIDE = 192
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhoto(Refusal):
    message = _("This is not a photo we can use. Choose a JPEG, PNG or WebP of at most 10 MB.")


def as_portrait(upload, size=(SIDE, SIDE)) -> bytes:
    """The upload as a WebP of this size. Raises NotAPhoto for anything that is not a photo of a reasonable size."""
    if upload.size > MAX_BYTES:
        raise NotAPhoto
    try:
        # The header is asked before anything is decoded: a small file can hold a picture that fills the memory.
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise NotAPhoto
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    target = BytesIO()
    ImageOps.fit(upright, size).save(target, "WEBP", quality=78, exif=b"")
    return target.getvalue()
