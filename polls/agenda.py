"""The agenda of a meeting: its points, documents and questions, and what its polls take over from the statutes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from groups.people.audit import record
from polls.errors import AgendaFrozen, QuestionsClosed
from polls.models import AgendaItem, AgendaQuestion, Kind, Meeting, MeetingDocument, Statutes
from polls.services.meetings import hold_meeting, tell_meeting
from theme.uploads import TakenIn

LENGTH = timedelta(hours=4)  # of a meeting: the moment its votes close unless somebody says otherwise


def statutes_row() -> Statutes:
    return Statutes.objects.filter(pk=1).first() or Statutes(pk=1)


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, text: str) -> AgendaItem:
    """Put a point at the end of the agenda."""
    meeting = hold_meeting(meeting.pk)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    tell_meeting(meeting)
    return meeting.items.create(number=last + 1, title=title, text=text)


@transaction.atomic
def change_item(*, item: AgendaItem, title: str, text: str) -> AgendaItem:
    """Reword a point, until the meeting is called: what it says tells members whether to come. Raises AgendaFrozen."""
    if hold_meeting(item.meeting_id).called_at:
        raise AgendaFrozen
    item.title, item.text = title, text
    item.save(update_fields=["title", "text"])
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem) -> None:
    """Take a point off the agenda, and move the later ones up. Raises AgendaFrozen."""
    meeting = hold_meeting(item.meeting_id)
    if meeting.called_at or item.polls.exists():
        raise AgendaFrozen
    number = item.number
    item.delete()
    for later in meeting.items.filter(number__gt=number).order_by("number"):
        AgendaItem.objects.filter(pk=later.pk).update(number=F("number") - 1)


@transaction.atomic
def add_document(*, meeting: Meeting, by, taken_in: TakenIn, item: AgendaItem | None = None) -> MeetingDocument:
    """Keep an uploaded document with the meeting, or with one point of it. `taken_in` comes from theme.uploads."""
    document = MeetingDocument.objects.create(
        meeting=meeting,
        item=item,
        file=taken_in.file,
        name=taken_in.name,
        content_type=taken_in.kind.content_type,
        size=taken_in.size,
        added_by=by,
    )
    record(by=by, act="meeting.document_added", about=meeting, details={"document": document.pk})
    return document


@transaction.atomic
def remove_document(*, document: MeetingDocument, by) -> None:
    """Take a document away, until the meeting is called. Raises AgendaFrozen."""
    if hold_meeting(document.meeting_id).called_at:
        raise AgendaFrozen
    record(by=by, act="meeting.document_removed", about=document.meeting, details={"document": document.pk})
    file = document.file
    document.delete()
    transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def ask(*, item: AgendaItem, by, text: str) -> AgendaQuestion:
    """Ask a question about a point, from the call until the meeting closes. Raises QuestionsClosed."""
    meeting = hold_meeting(item.meeting_id)
    if not meeting.called_at or meeting.closed_at:
        raise QuestionsClosed
    tell_meeting(meeting)
    return item.questions.create(asked_by=by, text=text.strip())


@transaction.atomic
def answer(*, question: AgendaQuestion, by, text: str) -> AgendaQuestion:
    question.answer, question.answered_by, question.answered_at = text.strip(), by, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    tell_meeting(question.item.meeting)
    return question


def initial_from_statutes(item: AgendaItem, kind: str) -> dict:
    """What the form of a poll at this meeting starts with: the rules that froze when the meeting was called."""
    initial = {"question": item.title, "explanation": item.text, "may_change": False}
    if item.meeting.held_at > timezone.now():
        initial["closes_at"] = timezone.localtime(item.meeting.held_at + LENGTH)
    if kind == Kind.MOTION:
        initial |= {
            "share": item.meeting.rules.get("matter_share") or "1/2",
            "counts_blank": item.meeting.rules.get("blank_counts"),
            "tie": item.meeting.rules.get("matter_tie") or "rejected",
        }
    return initial
