import io
import socket
import struct
import threading
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from groups.conversations.models import Attachment, Message
from groups.conversations.services import remove_message
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership, switch_right
from tests.factories import MemberFactory, SubgroupFactory, member_of
from theme.uploads import FileTooLarge, PictureBroken, PictureTooLarge, UnknownType, VirusFound, take_in

pytestmark = pytest.mark.django_db


def upload(content: bytes, name="iets.bin", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)


def photo(form="JPEG", size=(640, 480), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camerabouwer"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6  # turned a quarter
    return photo(exif=exif, comment=b"thuisadres")


def claimed_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name, content):
        return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def test_a_photo_is_made_anew_upright_without_place_camera_or_comment():
    taken = take_in(upload(photo_with_place(), "IMG_001.JPG", "image/jpeg"))

    stored = taken.file.read()
    assert Image.open(io.BytesIO(stored)).format == "WEBP"
    assert (taken.width, taken.height) == (480, 640)
    assert dict(Image.open(io.BytesIO(stored)).getexif()) == {}
    assert b"Camerabouwer" not in stored
    assert b"thuisadres" not in stored
    assert taken.name == "IMG_001.webp"


def test_a_large_photo_arrives_smaller():
    taken = take_in(upload(photo(size=(4000, 3000)), "groot.jpg"))

    assert (taken.width, taken.height) == (1920, 1440)
    assert Image.open(taken.small).size == (480, 360)


def packed(flag=0, method=0) -> bytes:
    """An office document whose first part is under a password (1) or packed in a way that nobody knows (99)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    content = bytearray(out.getvalue())
    directory = content.find(b"PK\x01\x02")
    for place in (6, directory + 8):
        content[place] |= flag
    for place in (8, directory + 10):
        content[place] = method
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, UnknownType),
        (b"\x7fELF\x02\x01\x01\x00", UnknownType),
        (b"PK\x03\x04 geen zip", UnknownType),
        (packed(flag=1), UnknownType),
        (packed(method=99), UnknownType),
        (b"", UnknownType),
        (claimed_png(40_000, 40_000), PictureTooLarge),
        (photo()[:200], PictureBroken),
        (b"\xff\xd8\xff" + b"onzin" * 20, PictureBroken),
    ],
)
def test_what_is_dangerous_or_broken_is_refused_whatever_its_name(content, refusal):
    with pytest.raises(refusal):
        take_in(upload(content, "vakantie.jpg", "image/jpeg"))


@pytest.mark.parametrize(
    ("content", "content_type", "name"),
    [
        (b"%PDF-1.7 enz", "application/pdf", "vakantie.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain", "vakantie.txt"),
        (b"<!doctype html><script>alert(1)</script>", "text/plain", "vakantie.txt"),
        (office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "vakantie.docx"),
    ],
)
def test_a_file_is_what_its_content_says(content, content_type, name):
    taken = take_in(upload(content, "../../vakantie.jpg", "image/svg+xml"))

    assert (taken.kind.content_type, taken.name, taken.kind.family) == (content_type, name, "file")


def test_a_file_over_its_limit_is_refused(settings):
    settings.UPLOAD_MEGABYTES = {**settings.UPLOAD_MEGABYTES, "file": 0}

    with pytest.raises(FileTooLarge):
        take_in(upload(b"%PDF-1.7"))


def test_the_virus_scanner_is_asked_when_there_is_one(settings, tmp_path):
    settings.CLAMD = str(tmp_path / "clamd")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(settings.CLAMD)
        server.listen()

        def answer():
            line, _ = server.accept()
            with line:
                while not line.recv(65536).endswith(b"\x00\x00\x00\x00"):
                    pass
                line.sendall(b"stream: Eicar FOUND\x00")

        scanner = threading.Thread(target=answer)
        scanner.start()
        with pytest.raises(VirusFound):
            take_in(upload(b"%PDF-1.7 kwaad"))
        scanner.join()


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def sender(subgroup, client):
    member = member_of(subgroup)
    client.force_login(member)
    return member


def send(client, subgroup, *files, text=""):
    return client.post(reverse("chat", args=[subgroup.slug]), {"text": text, "files": list(files)})


def test_a_photo_needs_no_words_and_comes_with_its_description(client, subgroup, sender):
    data = {"files": [upload(photo(), "sluis.jpg")], "description": "De sluis bij Balk"}

    client.post(reverse("chat", args=[subgroup.slug]), data)

    attachment = Attachment.objects.get()
    assert (attachment.family, attachment.description, attachment.message.text) == ("image", "De sluis bij Balk", "")
    page = client.get(reverse("chat", args=[subgroup.slug])).content.decode()
    assert attachment.small_url in page
    assert 'alt="De sluis bij Balk"' in page


def test_a_refused_file_leaves_the_words_and_no_message(client, subgroup, sender):
    answer = send(client, subgroup, upload(b"MZ\x90\x00\x00", "foto.jpg"), text="kijk eens")

    assert answer.status_code == 422
    assert "kijk eens" in answer.content.decode()
    assert not Message.objects.exists()


def test_who_may_not_upload_cannot(client, subgroup, sender):
    switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right="upload", on=False)

    send(client, subgroup, upload(photo(), "sluis.jpg"), text="zonder foto")

    assert not Attachment.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "left", "removed message"])
def test_a_file_is_gone_for_who_may_not_read_its_message(client, subgroup, sender, who):
    send(client, subgroup, upload(photo(), "sluis.jpg"))
    attachment = Attachment.objects.get()
    reader = MemberFactory() if who == "outsider" else member_of(subgroup)
    if who == "left":
        end_membership(subgroup=subgroup, member=reader)
    if who == "removed message":
        remove_message(message=attachment.message, by=sender)
    client.force_login(reader)

    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert client.get(attachment.small_url).status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_removing_a_message_takes_its_files_off_the_disk(client):
    subgroup = SubgroupFactory()
    sender = member_of(subgroup)
    client.force_login(sender)
    send(client, subgroup, upload(photo(), "sluis.jpg"))
    attachment = Attachment.objects.get()
    assert attachment.file.storage.exists(attachment.file.name)

    remove_message(message=attachment.message, by=sender)

    assert not attachment.file.storage.exists(attachment.file.name)
    assert not attachment.file.storage.exists(attachment.small.name)


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "length"),
    [
        ("bytes=0-9", 206, "bytes 0-9/1004", 10),
        ("bytes=1000-", 206, "bytes 1000-1003/1004", 4),
        ("bytes=-4", 206, "bytes 1000-1003/1004", 4),
        ("bytes=2000-", 416, "bytes */1004", 0),
        ("chunks=1-2", 200, None, 1004),
    ],
)
def test_film_and_sound_are_handed_out_in_ranges(client, subgroup, sender, asked, status, content_range, length):
    send(client, subgroup, upload(b"OggS" + bytes(1000), "stem.ogg"))

    answer = client.get(Attachment.objects.get().get_absolute_url(), headers={"Range": asked})

    assert (answer.status_code, answer.get("Content-Range")) == (status, content_range)
    assert len(answer.getvalue()) == length


@pytest.mark.parametrize(
    ("content", "disposition"),
    [(b"<svg onload='alert(1)'/>", "attachment"), (b"%PDF-1.7", "attachment"), (photo(), "inline")],
)
def test_nothing_that_can_run_is_shown_in_the_browser(client, subgroup, sender, content, disposition):
    send(client, subgroup, upload(content, "iets.svg", "image/svg+xml"))

    answer = client.get(Attachment.objects.get().get_absolute_url())

    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "svg" not in answer["Content-Type"]


def test_in_production_the_web_server_hands_the_file_out(client, subgroup, sender, settings):
    send(client, subgroup, upload(photo(), "sluis.jpg"))
    settings.ACCEL_PREFIX = "/protected"
    attachment = Attachment.objects.get()

    answer = client.get(attachment.get_absolute_url())

    assert answer["X-Accel-Redirect"] == f"/protected/{attachment.file.name}"
    assert answer.content == b""


def test_an_upload_that_brings_more_than_it_may_is_cut_off(client, subgroup, sender, settings):
    settings.UPLOAD_REQUEST_MEGABYTES = 0

    answer = send(client, subgroup, upload(photo(), "sluis.jpg"), text="groot")

    assert answer.status_code in (400, 413)
    assert not Attachment.objects.exists()
