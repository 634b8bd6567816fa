"""The lines of the health page that come from the rooms above: back-up, wipe, bank file."""

import os
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from community.portal.health import house_checks
from community.privacy.models import LegalHold, RetentionRun
from finance.bank.models import BankAccount, StatementImport
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def an_old_house():
    MigrationRecorder.Migration.objects.update(applied=timezone.now() - timedelta(days=9))


def verdict(code):
    return {check.code: check.is_good for check in house_checks()}[code]


def backed_up(folder, ago):
    file = folder / "20260101-030000.paraplu"
    file.write_bytes(b"sealed")
    moment = (timezone.now() - ago).timestamp()
    os.utime(file, (moment, moment))


@pytest.mark.parametrize(("ago", "good"), [(timedelta(hours=25), True), (timedelta(hours=27), False)])
def test_a_back_up_of_last_night_is_good_and_an_older_one_is_not(folder, an_old_house, ago, good):
    backed_up(folder, ago)

    assert verdict("backup") is good


@pytest.mark.parametrize("code", ["backup", "wipe"])
def test_a_house_that_never_did_its_night_work_is_red_after_its_first_day(code):
    MigrationRecorder.Migration.objects.update(applied=timezone.now())
    assert verdict(code) is True

    MigrationRecorder.Migration.objects.update(applied=timezone.now() - timedelta(hours=27))
    assert verdict(code) is False


@pytest.mark.parametrize(("ago", "good"), [(timedelta(hours=25), True), (timedelta(hours=27), False)])
def test_a_night_without_a_wipe_is_red(an_old_house, ago, good):
    RetentionRun.objects.create(
        rule="notices", before=timezone.now(), wiped=0, done_at=timezone.now() - timedelta(days=4)
    )
    RetentionRun.objects.create(rule="notices", before=timezone.now(), wiped=0, done_at=timezone.now() - ago)

    assert verdict("wipe") is good


def test_a_legal_hold_of_the_whole_house_stops_the_wipe_without_an_alarm(an_old_house):
    first, second = MemberFactory(), MemberFactory()
    LegalHold.objects.create(reason="Zaak", asked_by=first, confirmed_by=second, confirmed_at=timezone.now())

    assert verdict("wipe") is True


@pytest.mark.parametrize(("days", "good"), [(None, True), (34, True), (36, False)])
def test_a_month_without_a_bank_file_is_red_once_files_are_read(days, good):
    if days is not None:
        account = BankAccount.objects.create(holder="Club", iban="NL91ABNA0417164300")
        moment = timezone.now() - timedelta(days=days)
        StatementImport.objects.create(bank_account=account, digest="x", format="mt940", imported_at=moment)

    assert verdict("bank") is good


def test_the_monitor_hears_of_them_too(client, an_old_house):
    assert client.get("/health/").json()["parts"]["backup"] == "failing"
