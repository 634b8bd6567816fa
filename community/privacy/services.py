"""What members may ask about their own data."""

import secrets
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.privacy.consents import AMBASSADOR, consent_purpose
from community.privacy.errors import AnswerNeeded, ExportUnderWay
from community.privacy.exports import write_export
from community.privacy.models import ConsentAnswer, DataExport, PrivacyRequest
from groups.people.audit import record
from groups.subgroups.services.arrivals import permission_registry
from notifications.services import notify

EXPORT_LIVES = timedelta(hours=24)
ANSWER_WITHIN = timedelta(days=30)  # GDPR, article 12(3): one month


def exports_folder() -> Path:
    folder = Path(settings.DATA_DIR) / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@transaction.atomic
def ask_export(*, member) -> DataExport:
    """Queue an export of everything about `member`; the clock makes it. Raises ExportUnderWay."""
    member.__class__.objects.select_for_update().get(pk=member.pk)
    if member.data_exports.filter(ready_at__isnull=True).exists():
        raise ExportUnderWay
    export = DataExport.objects.create(member=member)
    record(by=member, act="privacy.export_asked", about=export)
    return export


def make_exports() -> int:
    """Make every export that was asked for; returns how many. A run that was killed leaves it to the next one."""
    waiting = DataExport.objects.filter(ready_at__isnull=True).select_related("member").order_by("pk")
    for export in waiting:
        _make(export)
    return len(waiting)


def _make(export: DataExport) -> None:
    name = f"{secrets.token_urlsafe(32)}.zip"
    with _whole_or_gone(exports_folder() / name) as path:
        size = write_export(export.member, path)
    now = timezone.now()
    with transaction.atomic():
        done = DataExport.objects.filter(pk=export.pk, ready_at__isnull=True).update(
            file=name, size=size, ready_at=now, expires_at=now + EXPORT_LIVES
        )
        if done:
            notify(
                member_ids=[export.member_id],
                kind="privacy.export_ready",
                key=f"data-export:{export.pk}",
                context={"export": export.pk},
            )
    if not done:  # another worker was first
        (exports_folder() / name).unlink()


@contextmanager
def _whole_or_gone(path: Path):
    """A file that could not be written to its end, as on a full disk, goes: the clock tries again every minute."""
    is_written = False
    try:
        yield path
        is_written = True
    finally:
        if not is_written:
            path.unlink(missing_ok=True)


def remove_expired_exports(now=None) -> int:
    """Throw away exports that are past their day; returns how many."""
    expired = list(DataExport.objects.filter(expires_at__lte=now or timezone.now()))
    for export in expired:
        (exports_folder() / export.file).unlink(missing_ok=True)
        export.delete()
    return len(expired)


@transaction.atomic
def answer_consent(*, member, code: str, is_given: bool) -> ConsentAnswer:
    """Write down a yes or no to a purpose, with the words that were shown, and act on it at once."""
    purpose = consent_purpose(code)
    answer = ConsentAnswer.objects.create(
        member=member, purpose=code, is_given=is_given, version=purpose.version, words=str(purpose.words)
    )
    purpose.apply(member, is_given)
    return answer


@permission_registry
def keep_permission_at_joining(member) -> None:
    answer_consent(member=member, code=AMBASSADOR, is_given=True)


@transaction.atomic
def register_request(*, by, kind, asked_by, question, received_on, member=None) -> PrivacyRequest:
    """Enter what somebody asks about their data; the thirty days count from the day it came in."""
    request = PrivacyRequest.objects.create(
        kind=kind,
        asked_by=asked_by,
        question=question,
        received_on=received_on,
        due_on=received_on + ANSWER_WITHIN,
        member=member,
    )
    record(by=by, act="privacy.request_registered", about=request)
    return request


@transaction.atomic
def close_request(*, by, request: PrivacyRequest, answer: str) -> PrivacyRequest:
    """Close a request with what was answered. Raises AnswerNeeded."""
    request = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
    if not answer.strip():
        raise AnswerNeeded
    request.answer, request.closed_at, request.closed_by = answer.strip(), timezone.now(), by
    request.save(update_fields=["answer", "closed_at", "closed_by"])
    record(by=by, act="privacy.request_closed", about=request)
    return request
