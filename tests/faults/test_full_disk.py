"""A disk without room: a sentence, nothing half there, what was typed stays, and it works again when there is room.

The limit is the kernel's own (the largest file this process may write), so nothing of ours is replaced.
COMMUNITY_FAULT_UPLOADS sets how many uploads meet the full disk (300 for the full run); the tally is printed.
"""

import io
import os
import random
import resource
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from PIL import Image

from community.privacy.models import DataExport
from community.privacy.services import ask_export, exports_folder, make_exports
from finance.bank.models import BankLine, StatementImport
from finance.pots.models import PaymentRequest
from groups.albums.models import Photo
from groups.albums.services import add_photos, start_album
from groups.conversations.models import Attachment, Message
from groups.people.models import AssociationRole, Member
from notifications.models import Heartbeat
from notifications.tasks import sweep_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot, bank_account, camt
from theme.storage import NoRoom
from theme.uploads import take_in

pytestmark = pytest.mark.django_db
AMOUNT = int(os.environ.get("COMMUNITY_FAULT_UPLOADS", "3"))
DUTCH = {"accept-language": "nl"}
ROOM = 2_000  # bytes that fit in a file; a photo does not, nor an export


@contextmanager
def full_disk(room: int = ROOM):
    """Writing beyond so many bytes fails, as on a disk without room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal_before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the error instead of the end of the process
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signal_before)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path
    return tmp_path


@pytest.fixture
def group():
    return SubgroupFactory(modules=["chat", "files", "threads"])


@pytest.fixture
def browser(client, group):
    client.member = member_of(group, language="nl")
    client.force_login(client.member)
    return client


def photo(name="foto.jpg"):
    """Noise, which no format makes small."""
    picture = io.BytesIO()
    noise = random.Random(name).randbytes(200 * 200 * 3)
    Image.frombytes("RGB", (200, 200), noise).save(picture, "JPEG")
    return SimpleUploadedFile(name, picture.getvalue(), "image/jpeg")


def small_photo():
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "JPEG")
    return SimpleUploadedFile("klein.jpg", picture.getvalue(), "image/jpeg")


def small_file(name="kort.txt"):
    return SimpleUploadedFile(name, b"Zaterdag om tien uur.", "text/plain")


def on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_message_with_a_photo_is_refused_whole_with_its_words_kept(browser, group):
    address, refused = reverse("chat", args=[group.slug]), 0

    with full_disk():
        for number in range(AMOUNT):
            answer = browser.post(address, {"text": f"Kijk eens {number}", "files": [small_file(), photo()]})
            refused += answer.status_code == 422
            page = answer.content.decode()
    half = on_disk()
    again = browser.post(address, {"text": "Kijk eens", "files": [small_file(), photo()]})

    assert "Er is nu geen ruimte voor bestanden" in page
    assert f"Kijk eens {AMOUNT - 1}</textarea>" in page
    assert (refused, half, again.status_code) == (AMOUNT, [], 302)
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 2)
    print(f"\nfull disk: {AMOUNT} uploads, {refused} refused with a sentence, {len(half)} files left behind")  # noqa: T201


def test_photos_of_an_album_come_all_or_none(browser, group):
    album = start_album(subgroup=group, title="Zomer", by=browser.member, seen_by="group")
    fits, does_not = take_in(small_photo()), take_in(photo())

    with full_disk(), pytest.raises(NoRoom), transaction.atomic():
        add_photos(album=album, by=browser.member, photos=[fits, does_not])
    half = on_disk()
    add_photos(album=album, by=browser.member, photos=[take_in(photo())])

    assert half == []
    assert (Photo.objects.count(), len(on_disk())) == (1, 2)


def test_a_portrait_is_refused_and_the_old_one_stays(browser):
    form = {"first_name": "Anneke", "last_name": "Visser", "about": "Ik roei graag."}
    browser.post(reverse("own-profile"), {**form, "photo_file": photo("eerst.jpg")})
    first = Member.objects.get(pk=browser.member.pk).photo.name

    with full_disk():
        refused = browser.post(
            reverse("own-profile"), {**form, "about": "Ik roei niet.", "photo_file": photo("dan.jpg")}
        )

    page = refused.content.decode()
    assert "Er is nu geen ruimte voor bestanden" in page
    assert "Ik roei niet.</textarea>" in page
    assert Member.objects.get(pk=browser.member.pk).photo.name == first
    assert [path.name for path in on_disk()] == [Path(first).name]


def test_an_export_waits_for_room_and_leaves_no_half_file(folder):
    member = MemberFactory()
    export = ask_export(member=member)

    with full_disk(room=200), pytest.raises(OSError, match=r"too large|No space"):
        make_exports()
    half = list(exports_folder().iterdir())
    made = make_exports()

    assert (half, made) == ([], 1)
    assert DataExport.objects.get(pk=export.pk).size > 200


def test_a_full_disk_keeps_the_clock_from_nothing_else(folder, monkeypatch):
    ask_export(member=MemberFactory())
    done = []
    monkeypatch.setattr("notifications.tasks.minute_registry", [make_exports, lambda: done.append("later")])

    with full_disk(room=200), pytest.raises(OSError, match=r"too large|No space"):
        sweep_due()

    assert done == ["later"]
    assert not Heartbeat.objects.filter(name="sweep").exists()  # the health page says so


@contextmanager
def full_database():
    """SQLite gets no page more than it has; PostgreSQL says such a thing with the same class of error."""
    if connection.vendor != "sqlite":
        pytest.skip("how a full SQLite behaves; a full PostgreSQL would fill the machine")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {most}")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_bank_file_meets_a_full_disk_and_is_booked_whole_when_there_is_room(client):
    client.raise_request_exception = False
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    client.force_login(member_with(AssociationRole.TREASURER, language="nl"))
    lines = [(42_50, "A", "", request.reference), *((100 + n, "T SMIT", "", "x" * 130) for n in range(400))]
    content = camt(*lines)

    with full_database():
        refused = send(client, content)
    half = (
        StatementImport.objects.count(),
        BankLine.objects.count(),
        PaymentRequest.objects.get(pk=request.pk).is_paid,
    )
    again = send(client, content)

    assert (refused.status_code, "We zijn er zo weer" in refused.content.decode()) == (503, True)
    assert half == (0, 0, False)
    assert again.status_code == 302
    assert (BankLine.objects.count(), PaymentRequest.objects.get(pk=request.pk).is_paid) == (401, True)


def send(client, content: bytes):
    return client.post(reverse("bank-import"), {"file": SimpleUploadedFile("bank.xml", content)}, headers=DUTCH)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_typed_comes_back_when_the_database_is_full(browser, group):
    browser.raise_request_exception = False
    words = "Wie neemt de lampen mee? " * 150
    address = reverse("new-thread", args=[group.slug])

    with full_database():
        for _number in range(40):  # until what was free in the pages is used up
            answer = browser.post(address, {"title": "Lampen", "text": words}, headers=DUTCH)
            if answer.status_code != 302:
                break
    before = Message.objects.count()
    again = browser.post(address, {"title": "Lampen", "text": words}, headers=DUTCH)

    assert answer.status_code == 503
    assert words in answer.content.decode()
    assert (again.status_code, Message.objects.count()) == (302, before + 1)
