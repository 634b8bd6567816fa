import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.portal.backup import archive
from community.portal.backup.proof import differences, proof
from community.portal.backup.sealing import PIECE, TAG, NotReadable, seal, unseal
from community.portal.checks import setup_faults
from groups.people.access import may_for_association
from groups.people.models import Member
from polls.secrecy import keystore
from tests.factories import MemberFactory


@pytest.fixture
def files(tmp_path):
    return tmp_path / "plain", tmp_path / "sealed", tmp_path / "back"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_is_sealed_comes_back_whole(files, size):
    plain, sealed, back = files
    plain.write_bytes(b"x" * size)

    seal(plain, sealed, "passphrase")
    unseal(sealed, back, "passphrase")

    assert back.read_bytes() == plain.read_bytes()


def test_nothing_can_be_read_from_a_sealed_file(files):
    plain, sealed, _ = files
    plain.write_bytes(b"Anneke Visser " * 1000)

    seal(plain, sealed, "passphrase")

    assert b"Anneke" not in sealed.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) - PIECE - TAG],  # the last piece was cut off
        lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
        lambda content: b"something else" + content,
    ],
    ids=["one byte short", "a piece short", "one bit changed", "no back-up at all"],
)
def test_a_damaged_file_is_refused_and_leaves_nothing(files, damage):
    plain, sealed, back = files
    plain.write_bytes(b"x" * (2 * PIECE))
    seal(plain, sealed, "passphrase")
    sealed.write_bytes(damage(sealed.read_bytes()))

    with pytest.raises(NotReadable):
        unseal(sealed, back, "passphrase")

    assert not back.exists() or back.read_bytes() == b""


def test_another_key_opens_nothing(files):
    plain, sealed, back = files
    plain.write_bytes(b"x")
    seal(plain, sealed, "passphrase")

    with pytest.raises(NotReadable):
        unseal(sealed, back, "password")


def test_without_a_key_no_backup_is_made(settings):
    settings.BACKUP_KEY = ""

    with pytest.raises(archive.Impossible, match="COMMUNITY_BACKUP_KEY"):
        archive.make_backup()


@pytest.mark.django_db
def test_the_proof_says_what_differs():
    before = proof()
    MemberFactory(enrolled=False)

    said = differences(before, proof())

    assert said == [f"people.Member: {before['rows']['people.Member']} rows in the back-up, 1 now"]


@pytest.mark.django_db
def test_restoring_over_members_is_refused(settings, tmp_path):
    MemberFactory()
    settings.BACKUP_FOLDER = tmp_path
    (tmp_path / "20261122-030000.paraplu").touch()

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore")


@pytest.mark.django_db
def test_the_setup_is_checked_in_words(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path

    said = list(setup_faults())

    assert any("https://" in fault for fault in said)
    assert any("community manager" in fault for fault in said)
    assert any("no back-up of the last day" in fault for fault in said)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL is copied by programs of its own")
def test_the_programs_for_a_back_up_are_missed_before_the_night(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)

    assert any("postgresql-client" in fault for fault in setup_faults())


@pytest.mark.django_db
def test_the_first_manager_is_made_once():
    said = io.StringIO()

    call_command("make_manager", "Beheer@vereniging.example", "Bea", stdout=said)
    call_command("make_manager", "beheer@vereniging.example", "Bea", stdout=said)

    member = Member.objects.get()
    assert may_for_association(member, "manage_members")
    assert member.role_grants.count() == 1


def test_the_keys_of_secret_polls_stay_out_of_the_backup(settings):
    keystore.keep("abc", b"server part")
    (settings.DATA_DIR / "keys").mkdir()

    taken = [path.name for path in archive._own_files()]

    assert "keys" in taken
    assert keystore.FOLDER not in taken
