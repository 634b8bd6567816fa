"""Reporting, judging and answering. Every act is in the audit log."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.conversations.models import Message
from groups.conversations.services import hide_message, remove_message
from groups.moderation.errors import AlreadyAnswered, AlreadyReported, ReportClosed
from groups.moderation.models import Act, Flag, Report
from groups.moderation.things import Thing, thing_kind
from groups.people.audit import record
from groups.subgroups.errors import NotAMember
from groups.subgroups.services import end_membership
from notifications.services import notify
from theme.cleantext import clean_text
from theme.uploads import erase_after_commit, random_name


def report_message(*, message: Message, by, category: str, explanation: str = "") -> Report:
    """Report a message. The words are kept as they are now. Raises AlreadyReported."""
    try:
        with transaction.atomic():
            return Report.objects.create(
                message=message,
                about=message.author,
                subgroup=message.conversation.subgroup,
                reporter=by,
                category=category,
                explanation=clean_text(explanation or ""),
                words=message.text,
            )
    except IntegrityError:
        raise AlreadyReported from None


def report_thing(*, kind: str, number: int, thing: Thing, by, category: str, explanation: str = "") -> Report:
    """Report what an app above registered, words and picture kept as they are now: they may be taken away before
    somebody looks. Raises AlreadyReported."""
    try:
        with transaction.atomic():
            return Report.objects.create(
                picture=_copy_of(thing.picture),
                thing=kind,
                thing_number=number,
                about=thing.author,
                subgroup=thing.subgroup,
                reporter=by,
                category=category,
                explanation=clean_text(explanation or ""),
                words=thing.words,
            )
    except IntegrityError:
        raise AlreadyReported from None


def _copy_of(picture) -> ContentFile | None:
    if not picture:
        return None
    with picture.open("rb") as content:
        return ContentFile(content.read(), random_name("webp"))


def report_member(*, about, by, category: str, explanation: str = "") -> Report:
    """Report a person, for example for their profile; it goes to the moderators of the association."""
    return Report.objects.create(about=about, reporter=by, category=category, explanation=clean_text(explanation or ""))


@transaction.atomic
def act(*, report: Report, by, kind: str, reason: str, days: int = 7) -> Act:
    """Do something about what was reported, and tell the member what and why. Raises ReportClosed.

    The caller has checked that `by` may judge this report. `days` counts for a limit only.
    """
    report = _open(report)
    kind = Act.Kind(kind)
    done = Act.objects.create(
        report=report,
        kind=kind,
        member=report.about,
        subgroup=report.subgroup,
        reason=clean_text(reason),
        by=by,
        until=timezone.now() + timedelta(days=days) if kind == Act.Kind.LIMIT else None,
    )
    _carry_out(done, by)
    Report.objects.filter(pk=report.pk, owner__isnull=True).update(owner=by)
    record(
        by=by,
        act=f"moderation.{kind}",
        about=report.message or report.about,
        reason=done.reason,
        subgroup_id=report.subgroup_id,
    )
    notify(member_ids=[done.member_id], kind="moderation.act", key=f"moderation:{done.pk}", context={"act": done.pk})
    return done


def _open(report: Report) -> Report:
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.closed_at:
        raise ReportClosed
    return report


def _carry_out(done: Act, by) -> None:
    message, thing = done.report.message, thing_kind(done.report.thing)
    if done.kind == Act.Kind.REMOVE and thing:
        thing.remove(done.report.thing_number, by)
    if done.kind == Act.Kind.HIDE and message:
        hide_message(message=message, on=True)
    if done.kind == Act.Kind.REMOVE and message:
        remove_message(message=message, by=by)
    if done.kind == Act.Kind.BAN and done.subgroup:
        try:
            end_membership(subgroup=done.subgroup, member=done.member)
        except NotAMember:
            return  # has left by themselves meanwhile


@transaction.atomic
def close_report(*, report: Report, by, outcome: str, answer: str = "") -> Report:
    """Finish a report; who reported it learns the outcome. Raises ReportClosed."""
    report = _open(report)
    report.outcome, report.answer = Report.Outcome(outcome), clean_text(answer or "")
    report.closed_at, report.closed_by = timezone.now(), by
    erase_after_commit(report.picture)
    report.picture = ""
    report.save(update_fields=["outcome", "answer", "closed_at", "closed_by", "picture"])
    record(by=by, act="moderation.closed", about=report, details={"outcome": report.outcome})
    if report.reporter_id:
        notify(
            member_ids=[report.reporter_id],
            kind="moderation.outcome",
            key=f"report:{report.pk}",
            context={"report": report.pk},
        )
    return report


@transaction.atomic
def take(*, report: Report, by) -> None:
    """Make the report one's own, so that two moderators do not do the same work. Raises ReportClosed."""
    report = _open(report)
    Report.objects.filter(pk=report.pk).update(owner=by)


@transaction.atomic
def answer_act(*, act: Act, by, reply: str) -> Act:
    """The member answers once. Raises AlreadyAnswered."""
    act = Act.objects.select_for_update().get(pk=act.pk)
    if act.replied_at:
        raise AlreadyAnswered
    act.reply, act.replied_at = clean_text(reply), timezone.now()
    act.save(update_fields=["reply", "replied_at"])
    return act


@transaction.atomic
def look_at(*, flag: Flag, by) -> None:
    """A moderator has looked at an unusual rise; nothing else follows from it by itself."""
    Flag.objects.filter(pk=flag.pk, seen_at__isnull=True).update(seen_at=timezone.now(), seen_by=by)
    record(by=by, act="moderation.looked", about=flag.author, subgroup_id=flag.subgroup_id)
