"""What the health page shows of the rooms above: the last back-up, the last nightly wipe, the last bank file."""

from datetime import UTC, datetime, timedelta

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from community.portal.backup.archive import newest
from community.privacy.models import RetentionRun
from community.privacy.retention import holds
from finance.bank.models import StatementImport
from notifications.health import Check, health_registry

# A night's work may take an hour; a night that was missed shows the next morning.
EVERY_NIGHT = timedelta(hours=26)
EVERY_MONTH = timedelta(days=35)


@health_registry
def house_checks() -> list[Check]:
    return [_backup(), _wipe(), _bank_file()]


def _backup() -> Check:
    file = newest()
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC) if file else None
    return Check("backup", _("Last back-up"), *_nightly(at, _("made"), _("No back-up was made last night.")), at)


def _wipe() -> Check:
    """The nightly wipe leaves a row even when nothing was old enough; a legal hold of the house stops it."""
    label, at = _("Last wipe"), RetentionRun.objects.aggregate(at=Max("done_at"))["at"]
    if holds().filter(subgroup__isnull=True).exists():
        return Check("wipe", label, True, _("held: nothing may be wiped now"), at)
    return Check("wipe", label, *_nightly(at, _("done"), _("Nothing was wiped last night.")), at)


def _nightly(at: datetime | None, good: str, bad: str) -> tuple[bool, str]:
    """Whether the work of a night was done; a house that stands for less than a day is not late yet."""
    last_chance = timezone.now() - EVERY_NIGHT
    if at is None and _built_at() > last_chance:
        return True, _("not yet, this house is new")
    return (True, good) if at and at > last_chance else (False, bad)


def _built_at() -> datetime:
    return MigrationRecorder.Migration.objects.aggregate(at=Min("applied"))["at"]


def _bank_file() -> Check:
    """Only a house that reads bank files can be late with them."""
    label, at = _("Last bank file"), StatementImport.objects.aggregate(at=Max("imported_at"))["at"]
    if at is None:
        return Check("bank", label, True, _("none read yet"))
    is_good = timezone.now() - at < EVERY_MONTH
    return Check(
        "bank", label, is_good, _("read in") if is_good else _("No bank file was read for more than a month."), at
    )
