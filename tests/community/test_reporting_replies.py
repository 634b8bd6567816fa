"""A reply to an announcement can be reported by who reads it, and judged by moderators of the right place."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.pages.models import AnnouncementPage, Reply
from community.pages.services import remove_reply, reply_to_announcement
from groups.moderation.access import open_reports
from groups.moderation.models import Report
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import published

pytestmark = pytest.mark.django_db
MODE = AnnouncementPage.ReplyMode


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-18T12:00:00+01:00")


@pytest.fixture
def talk(time_machine):
    """An open discussion under an announcement to one group, with a rude reply in it."""
    group = SubgroupFactory()
    rude, reader = member_of(group), member_of(group)
    announcement = published(time_machine, scope="groups", subgroups=[group], reply_mode=MODE.OPEN)
    reply = reply_to_announcement(announcement=announcement, member=rude, text="Wat een sukkels")
    return group, announcement, reply, rude, reader


def address(reply):
    return reverse("report-thing", args=["announcement-reply", reply.pk])


def test_who_reads_it_reports_it_and_the_words_are_kept(client, talk):
    group, announcement, reply, rude, reader = talk
    client.force_login(reader)
    assert address(reply) in client.get(announcement.get_absolute_url()).content.decode()

    answer = client.post(address(reply), {"category": "rude", "explanation": "Dit kan niet"})

    assert answer.url == f"{announcement.get_absolute_url()}#reply-{reply.pk}"
    report = Report.objects.get()
    assert (report.about, report.subgroup, report.words) == (rude, group, "Wat een sukkels")
    assert client.post(address(reply), {"category": "rude"}).status_code == 422
    remove_reply(reply=reply, by=rude)
    report.refresh_from_db()
    assert report.words == "Wat een sukkels"


def test_nobody_reports_themselves_or_what_they_cannot_read(client, talk):
    _group, _announcement, reply, rude, _reader = talk
    for person in (rude, MemberFactory()):
        client.force_login(person)
        assert client.get(address(reply)).status_code == 404
        assert client.post(address(reply), {"category": "rude"}).status_code == 404
    assert client.get(reverse("report-thing", args=["nonsense", 1])).status_code == 404
    assert not Report.objects.exists()


def test_a_private_reply_is_reported_by_the_sender_only(client, time_machine):
    group = SubgroupFactory()
    writer, other, manager = member_of(group), member_of(group), member_of(group, SubgroupRole.MANAGER)
    announcement = published(time_machine, by=manager, scope="groups", subgroups=[group], reply_mode=MODE.MANAGERS)
    reply = reply_to_announcement(announcement=announcement, member=writer, text="Sukkel")

    status = {}
    for name, person in {"other": other, "manager": manager}.items():
        client.force_login(person)
        status[name] = client.get(address(reply)).status_code

    assert status == {"other": 404, "manager": 200}


def test_a_moderator_takes_it_away_and_both_hear(client, talk):
    group, _announcement, reply, rude, reader = talk
    client.force_login(reader)
    client.post(address(reply), {"category": "rude"})
    report = Report.objects.get()
    moderator = member_of(group, SubgroupRole.MODERATOR)
    client.force_login(moderator)
    page = reverse("report", args=[report.pk])
    assert 'value="hide"' not in client.get(page).content.decode()

    assert client.post(page, {"kind": "hide", "reason": "Rustig"}).status_code == 422
    client.post(page, {"kind": "remove", "reason": "Zo praten we niet"})
    client.post(reverse("close-report", args=[report.pk]), {"outcome": "acted"})

    reply.refresh_from_db()
    assert (reply.text, reply.removed_by) == ("", moderator)
    assert Notice.objects.filter(member=rude, kind="moderation.act").count() == 1
    assert Notice.objects.filter(member=reader, kind="moderation.outcome").count() == 1


def test_nobody_judges_in_their_own_case(talk):
    group, _announcement, _reply, rude, reader = talk
    moderator = member_of(group, SubgroupRole.MODERATOR)
    report = Report.objects.create(
        thing="announcement-reply", thing_number=1, about=moderator, subgroup=group, reporter=reader, category="rude"
    )
    theirs = Report.objects.create(
        thing="announcement-reply", thing_number=2, about=rude, subgroup=group, reporter=moderator, category="rude"
    )

    assert not open_reports(moderator).exists()
    assert set(open_reports(member_with(AssociationRole.MODERATOR))) == {report, theirs}


def test_what_went_to_everybody_is_judged_by_the_association(client, time_machine):
    announcement = published(time_machine, reply_mode=MODE.OPEN)
    writer, reader = MemberFactory(), MemberFactory()
    reply = reply_to_announcement(announcement=announcement, member=writer, text="Koop mijn fiets")
    client.force_login(reader)

    client.post(address(reply), {"category": "spam"})

    report = Report.objects.get()
    assert report.subgroup is None
    assert report not in open_reports(member_of(SubgroupFactory(), SubgroupRole.MODERATOR))
    assert report in open_reports(member_with(AssociationRole.MODERATOR))


def test_a_reported_thing_has_a_kind_and_a_number():
    for values in ({"thing": "announcement-reply"}, {"thing_number": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(category="rude", **values)
    assert not Reply.objects.exists()
