"""What stands with the agenda: documents, questions, changes before the call, presence (PS-13)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from polls.access import polls_without_outcome
from polls.agenda import add_item, ask, change_item, remove_item
from polls.errors import AgendaFrozen, QuestionsClosed
from polls.minutes import draft_minutes
from polls.models import AgendaQuestion, Kind, Meeting, MeetingDocument, Statutes
from polls.services import (
    call_meeting,
    check_in,
    close_meeting,
    close_poll,
    open_meeting,
    state_decision,
    state_outcome,
)
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db

ANSWERS = {
    "call_days": 7, "blank_counts": False, "matter_share": "1/2", "change_share": "2/3", "proxies_per_holder": 0,
    "proxy_hours": 24, "giver_may_still_vote": True, "advance_days": 0,
}  # fmt: skip
PDF = b"%PDF-1.4 begroting"


@pytest.fixture
def meeting():
    Statutes.objects.create(pk=1, **ANSWERS)
    return Meeting.objects.create(title="ALV", held_at=timezone.now() + timedelta(days=9))


@pytest.fixture
def board():
    return member_with(AssociationRole.BOARD, first_name="Fenna")


def called(meeting):
    return call_meeting(meeting=meeting, by=None)


def upload(name="begroting.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_point_is_reworded_and_taken_off_until_the_call(meeting):
    first, second, third = (add_item(meeting=meeting, title=title, text="") for title in ("Een", "Twee", "Drie"))

    change_item(item=third, title="Drie anders", text="Toelichting")
    remove_item(item=first)

    assert list(meeting.items.values_list("number", "title")) == [(1, "Twee"), (2, "Drie anders")]
    called(meeting)
    with pytest.raises(AgendaFrozen):
        change_item(item=second, title="Te laat", text="")
    with pytest.raises(AgendaFrozen):
        remove_item(item=second)


def test_the_board_changes_the_agenda_in_the_browser_and_a_refused_form_keeps_its_text(client, meeting, board):
    client.force_login(board)
    empty = client.post(reverse("meeting-item", args=[meeting.pk]), {"title": "", "text": "Een lange toelichting"})
    client.post(reverse("meeting-item", args=[meeting.pk]), {"title": "Begroting", "text": ""})
    client.post(reverse("meeting-item-change", args=[meeting.pk, 1]), {"title": "Jaarrekening", "text": ""})
    after_change = list(meeting.items.values_list("title", flat=True))
    client.post(reverse("meeting-item-remove", args=[meeting.pk, 1]))

    assert (empty.status_code, "Een lange toelichting" in empty.content.decode()) == (422, True)
    assert after_change == ["Jaarrekening"]
    assert not meeting.items.exists()


def test_documents_are_for_who_may_see_the_meeting(client, meeting, board):
    item = add_item(meeting=meeting, title="Begroting", text="")
    address = reverse("meeting-document-add", args=[meeting.pk])
    member = MemberFactory()

    client.force_login(board)
    client.post(address, {"file": upload(), "item": item.number})
    document = MeetingDocument.objects.get()
    client.force_login(member)
    before_call = client.get(document.get_absolute_url()).status_code
    refused = client.post(address, {"file": upload()}).status_code
    called(meeting)
    page = client.get(meeting.get_absolute_url()).content.decode()
    got = client.get(document.get_absolute_url())
    client.force_login(MemberFactory(enrolled=False))
    outsider = client.get(document.get_absolute_url()).status_code

    assert (before_call, refused, outsider) == (404, 404, 404)
    assert document.get_absolute_url() in page
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"].startswith("attachment")


def test_a_document_is_judged_by_its_content_and_stays_after_the_call(client, meeting, board):
    client.force_login(board)
    address = reverse("meeting-document-add", args=[meeting.pk])

    program = client.post(address, {"file": upload("stuk.pdf", b"MZ\x90\x00\x03\x00")})
    nothing = client.post(address, {})
    elsewhere = client.post(address, {"file": upload(), "item": 7})
    client.post(address, {"file": upload()})
    client.post(address, {"file": upload("weg.pdf")})
    first, second = MeetingDocument.objects.order_by("pk")
    client.post(reverse("meeting-document-remove", args=[meeting.pk, second.pk]))
    called(meeting)
    client.post(reverse("meeting-document-remove", args=[meeting.pk, first.pk]))

    assert (program.status_code, nothing.status_code, elsewhere.status_code) == (422, 422, 404)
    assert list(MeetingDocument.objects.values_list("name", flat=True)) == ["begroting.pdf"]


def test_a_member_asks_and_the_board_answers_for_all_to_read(client, meeting, board):
    add_item(meeting=meeting, title="Begroting", text="")
    asker, reader = MemberFactory(first_name="Anneke"), MemberFactory()
    called(meeting)

    client.force_login(asker)
    empty = client.post(reverse("meeting-ask", args=[meeting.pk, 1]), {"text": "  "})
    client.post(reverse("meeting-ask", args=[meeting.pk, 1]), {"text": "Waarom meer voor verf?"})
    question = AgendaQuestion.objects.get()
    refused = client.post(reverse("meeting-answer", args=[meeting.pk, 1, question.pk]), {"text": "Zomaar"}).status_code
    client.force_login(board)
    client.post(reverse("meeting-answer", args=[meeting.pk, 1, question.pk]), {"text": "De boten zijn aan de beurt."})
    client.force_login(reader)
    page = client.get(meeting.get_absolute_url()).content.decode()

    assert (empty.status_code, refused) == (422, 403)
    assert "Anneke" in page
    assert "Waarom meer voor verf?" in page
    assert "De boten zijn aan de beurt." in page


def test_questions_are_asked_between_call_and_close(meeting):
    item, member = add_item(meeting=meeting, title="Begroting", text=""), MemberFactory()

    with pytest.raises(QuestionsClosed):
        ask(item=item, by=member, text="Te vroeg?")
    close_meeting(meeting=open_meeting(meeting=called(meeting), by=None), by=None)
    with pytest.raises(QuestionsClosed):
        ask(item=item, by=member, text="Te laat?")


def test_the_database_knows_no_answer_without_a_moment(meeting):
    item = add_item(meeting=meeting, title="Begroting", text="")

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaQuestion.objects.create(item=item, text="Waarom?", answer="Daarom")


def test_who_leads_checks_in_somebody_without_a_phone(client, meeting, board):
    member = MemberFactory()
    open_meeting(meeting=called(meeting), by=None)
    address = reverse("meeting-check-in", args=[meeting.pk])

    client.force_login(MemberFactory())
    refused = client.post(address, {"member": member.pk, "member-search": ""}).status_code
    client.force_login(board)
    unknown = client.post(address, {"member": 999_999, "member-search": ""})
    client.post(address, {"member": member.pk, "member-search": ""})
    page = client.get(meeting.get_absolute_url()).content.decode()

    assert (refused, unknown.status_code) == (403, 422)
    assert [attendance.member for attendance in meeting.attendances.all()] == [member]
    assert str(member) in page


def test_the_minutes_start_from_what_was_decided(meeting, board):
    item, member = add_item(meeting=meeting, title="Begroting", text=""), MemberFactory()
    open_meeting(meeting=called(meeting), by=None)
    check_in(meeting=meeting, member=member)
    poll = running_poll(None, kind=Kind.MOTION, options=(), item=item, question="Stellen we de begroting vast?")
    vote(poll, member, choice="for")
    poll = close_poll(poll=poll, by=None)
    state_decision(poll=poll, by=board, text="De begroting is vastgesteld.")

    assert draft_minutes(meeting).splitlines() == [
        "1 lid was aanwezig.",
        "",
        "1. Begroting",
        "Stellen we de begroting vast?: Aangenomen: 1 voor van 1; nodig 1.",
        f"Besluit {poll.decision}: De begroting is vastgesteld.",
    ]


def test_the_page_of_a_meeting_costs_the_same_for_any_number_of_questions(
    client, meeting, board, django_assert_max_num_queries
):
    item = add_item(meeting=meeting, title="Begroting", text="")
    called(meeting)
    client.force_login(board)
    counts = []
    for _ in range(2):
        for _ in range(3):
            ask(item=item, by=MemberFactory(), text="Waarom?")
        client.get(meeting.get_absolute_url())
        with django_assert_max_num_queries(60) as captured:
            client.get(meeting.get_absolute_url())
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.fixture
def counted():
    subgroup = SubgroupFactory()
    maker = member_of(subgroup)
    poll = running_poll(subgroup, by=maker)
    vote(poll, maker, choice=1)
    return close_poll(poll=poll, by=maker), maker, subgroup


def test_an_outcome_leads_to_a_page_here_and_never_elsewhere(client, counted):
    poll, maker, _subgroup = counted
    client.force_login(maker)
    address = reverse("poll-outcome", args=[poll.pk])

    for link in ("https://elders.example/", "//elders.example/", "/\\elders.example", "javascript:alert(1)"):
        refused = client.post(address, {"text": "We gaan kamperen.", "link": link})
        assert (refused.status_code, "We gaan kamperen." in refused.content.decode()) == (422, True)
    client.post(address, {"text": "We gaan kamperen.", "link": "/pots/7/"})

    assert 'href="/pots/7/"' in client.get(poll.get_absolute_url()).content.decode()


def test_a_follow_up_is_a_task_of_the_group_that_leads_back_to_the_poll(client, counted):
    poll, maker, subgroup = counted
    doer = member_of(subgroup)
    client.force_login(maker)
    address = reverse("poll-follow-up", args=[poll.pk])

    stranger = client.post(address, {"title": "Camping boeken", "assignee": MemberFactory().pk})
    client.post(address, {"title": "Camping boeken", "assignee": doer.pk, "due_on": "2026-12-24"})

    task = poll.follow_ups.get().task
    assert (stranger.status_code, "Camping boeken" in stranger.content.decode()) == (422, True)
    assert (task.subgroup, task.assignee, task.source) == (subgroup, doer, f"poll.{poll.pk}")
    assert timezone.localtime(task.due_at).isoformat() == "2026-12-24T23:59:00+01:00"
    assert "Camping boeken" in client.get(reverse("poll-figures", args=[poll.pk])).content.decode()
    client.force_login(doer)
    assert poll.question in client.get(task.get_absolute_url()).content.decode()


def test_only_who_runs_the_poll_adds_a_follow_up(client, counted):
    poll, _maker, subgroup = counted
    client.force_login(member_of(subgroup))

    assert client.post(reverse("poll-follow-up", args=[poll.pk]), {"title": "Iets"}).status_code == 403
    assert not poll.follow_ups.exists()


def test_a_closed_poll_without_outcome_stands_on_the_list_of_the_manager_until_it_is_told(client, counted):
    poll, maker, subgroup = counted
    manager, plain = member_of(subgroup, role=SubgroupRole.MANAGER), member_of(subgroup)

    assert [list(polls_without_outcome(member)) for member in (maker, manager, plain)] == [[poll], [poll], []]
    state_outcome(poll=poll, by=manager, text="We gaan kamperen.")
    assert list(polls_without_outcome(manager)) == []
