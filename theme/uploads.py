"""Files that members add: known by their content, bounded, and for pictures made anew without anything hidden in them.

Knows no model: whoever takes a file in (messages, portraits, receipts) calls `take_in` and stores what comes back.
"""

import io
import secrets
import socket
import struct
import zipfile
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.base import ContentFile, File
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from theme.cleantext import clean_line
from theme.errors import Refusal

MEGABYTE = 1024 * 1024
LARGE_SIDE, SMALL_SIDE = 1920, 480


class UnknownType(Refusal):
    message = _("We cannot take in this kind of file. Photos, video, sound, PDF, text and office documents are fine.")


class FileTooLarge(Refusal):
    def __init__(self, megabytes: int):
        super().__init__(_("This file is too large: %(limit)d MB is the limit.") % {"limit": megabytes})


class PictureTooLarge(Refusal):
    message = _("This picture has too many pixels. Make it smaller and try again.")


class PictureBroken(Refusal):
    message = _("This picture cannot be opened. Perhaps it was damaged on its way; try another one.")


class VirusFound(Refusal):
    message = _("The virus scanner found something in this file, so we did not take it in.")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file turned out to be. `family` is image, video, audio or file."""

    family: str
    content_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file fit for storing under a random name. `small` is a smaller picture; sizes in pixels, 0 when no picture."""

    kind: Kind
    file: File
    name: str
    size: int
    width: int = 0
    height: int = 0
    small: File | None = None


SIGNS = [
    (0, b"\xff\xd8\xff", Kind("image", "image/jpeg", "jpg")),
    (0, b"\x89PNG\r\n\x1a\n", Kind("image", "image/png", "png")),
    (0, b"GIF8", Kind("image", "image/gif", "gif")),
    (8, b"WEBP", Kind("image", "image/webp", "webp")),
    (0, b"%PDF-", Kind("file", "application/pdf", "pdf")),
    (0, b"ID3", Kind("audio", "audio/mpeg", "mp3")),
    (0, b"\xff\xfb", Kind("audio", "audio/mpeg", "mp3")),
    (8, b"WAVE", Kind("audio", "audio/wav", "wav")),
    (4, b"ftypM4A", Kind("audio", "audio/mp4", "m4a")),
    (4, b"ftyp", Kind("video", "video/mp4", "mp4")),
    (0, b"\x1aE\xdf\xa3", Kind("video", "video/webm", "webm")),
    (0, b"OggS", Kind("audio", "audio/ogg", "ogg")),
]
OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
AS_SOUND = {"video/webm": Kind("audio", "audio/webm", "webm"), "video/mp4": Kind("audio", "audio/mp4", "m4a")}


def take_in(upload) -> TakenIn:
    """Judge an uploaded file by its content. Raises UnknownType, FileTooLarge, PictureTooLarge, PictureBroken,
    VirusFound."""
    kind = kind_of(upload)
    limit = settings.UPLOAD_MEGABYTES[kind.family]
    if upload.size > limit * MEGABYTE:
        raise FileTooLarge(limit)
    refuse_viruses(upload)
    if kind.family == "image":
        return _picture(upload)
    name = _safe_name(upload.name, kind.extension)
    return TakenIn(kind, _renamed(upload, kind.extension), name, upload.size)


def kind_of(upload) -> Kind:
    """What the first bytes say; a name or a declared type never counts. Raises UnknownType."""
    upload.seek(0)
    head = upload.read(4096)
    upload.seek(0)
    for offset, sign, kind in SIGNS:
        if head[offset : offset + len(sign)] == sign:
            declared = getattr(upload, "content_type", "") or ""
            # One container holds film or sound; only inside such a container may the sender say which.
            return (
                AS_SOUND[kind.content_type] if declared.startswith("audio/") and kind.content_type in AS_SOUND else kind
            )
    if head[:4] == b"PK\x03\x04":
        return _office(upload)
    if _is_text(head):
        return Kind("file", "text/plain", "txt")
    raise UnknownType


def _office(upload) -> Kind:
    try:
        with zipfile.ZipFile(upload) as parts:
            names = set(parts.namelist())
            if "mimetype" in names and parts.getinfo("mimetype").file_size < 100:
                content_type = parts.read("mimetype").decode("ascii", "replace")
                if content_type.startswith("application/vnd.oasis.opendocument."):
                    extension = {"text": "odt", "spreadsheet": "ods"}.get(content_type.rpartition(".")[2], "odp")
                    return Kind("file", content_type, extension)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError):
        raise UnknownType from None  # broken, under a password, or packed in a way that nobody uses
    finally:
        upload.seek(0)
    for part, (content_type, extension) in OFFICE.items():
        if part in names and not any(name.endswith("vbaProject.bin") for name in names):
            return Kind("file", content_type, extension)
    raise UnknownType


def _is_text(head: bytes) -> bool:
    """Plain words: valid UTF-8 (cut anywhere) without control characters. Markup counts, and is served as words."""
    if not head or b"\x00" in head:
        return False
    text = head.decode("utf-8", "ignore")
    return len(text.encode()) >= len(head) - 3 and not any(
        ord(letter) < 32 and letter not in "\t\r\n" for letter in text
    )


def _picture(upload) -> TakenIn:
    image = open_picture(upload)
    large, small = _webp(image, LARGE_SIDE), _webp(image, SMALL_SIDE)
    image.thumbnail((LARGE_SIDE, LARGE_SIDE))
    name = _safe_name(upload.name, "webp")
    kind = Kind("image", "image/webp", "webp")
    return TakenIn(kind, large, name, large.size, image.width, image.height, small)


def open_picture(upload) -> Image.Image:
    """The picture upright and without anything but pixels. Raises PictureTooLarge, PictureBroken."""
    try:
        image = Image.open(upload)
        # The header is asked before a single pixel is unpacked: a small file may claim a billion of them.
        if image.width * image.height > settings.UPLOAD_PIXELS:
            raise PictureTooLarge
        image.load()
    except Image.DecompressionBombError:
        raise PictureTooLarge from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, EOFError):
        raise PictureBroken from None
    upright = ImageOps.exif_transpose(image)
    plain = Image.new("RGB", upright.size, "white")
    seethrough = upright.convert("RGBA")
    plain.paste(seethrough, mask=seethrough.getchannel("A"))
    return plain


def _webp(image: Image.Image, side: int) -> ContentFile:
    """A new WebP of at most `side` pixels, made of the pixels alone: no place, camera, comment or profile."""
    copy = image.copy()
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "WEBP", quality=80, method=4)
    return ContentFile(out.getvalue(), name=random_name("webp"))


def random_name(extension: str) -> str:
    """A name that says nothing and cannot be guessed, spread over folders."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}.{extension}"


def _renamed(upload, extension: str) -> File:
    return File(upload.file, name=random_name(extension))


def _safe_name(name: str, extension: str) -> str:
    """The name to show and to download as: the sender's words, and the extension of what it really is."""
    stem = clean_line((name or "").replace("\\", "/").rpartition("/")[2]).rpartition(".")[0] or _("file")
    return f"{str(stem)[:80]}.{extension}"


def erase_after_commit(*files) -> None:
    """Take stored files from the disk once the removal of their rows is certain; an empty field is passed over."""

    def erase():
        for file in files:
            if file:
                file.storage.delete(file.name)

    transaction.on_commit(erase, robust=True)


def refuse_viruses(upload) -> None:
    """Ask clamd over its socket (COMMUNITY_CLAMD, "host:port" or a path) when there is one. Raises VirusFound.

    A scanner that is away is a fault, not a pass: the upload fails and can be tried again.
    """
    if not settings.CLAMD:
        return
    with _clamd() as line:
        line.sendall(b"zINSTREAM\x00")
        for chunk in upload.chunks():
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = line.recv(4096)
    upload.seek(0)
    if b"FOUND" in answer:
        raise VirusFound


def _clamd() -> socket.socket:
    host, colon, port = settings.CLAMD.rpartition(":")
    if colon and port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=10)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(10)
    line.connect(settings.CLAMD)
    return line


class LimitedUpload(FileUploadHandler):
    """Stops reading when a request brings more than it may, whatever it said it would bring."""

    chunk_size = 64 * 1024

    def __init__(self, request=None):
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_REQUEST_MEGABYTES * MEGABYTE:
            raise RequestDataTooBig("the request brings more than UPLOAD_REQUEST_MEGABYTES")
        return raw_data

    def file_complete(self, file_size):
        return None
