from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.agreements.models import AgreedText
from groups.agreements.queries import not_yet_accepted
from groups.agreements.services import accept, publish_text
from groups.conversations.models import Message
from groups.conversations.queries import latest_by_subgroup
from groups.conversations.services import chat_of, post_message
from groups.moderation.access import visible_reports
from groups.moderation.errors import (
    AlreadyAnswered,
    AlreadyReported,
    GuidelinesChanged,
    PostingLimited,
    ReportClosed,
)
from groups.moderation.models import Act, Report
from groups.moderation.services import (
    act,
    answer_act,
    close_report,
    report_member,
    report_message,
)
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.access import is_member
from groups.subgroups.models import SubgroupRole
from notifications.kinds import notice_kind
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def author(subgroup):
    return member_of(subgroup, first_name="Kees")


@pytest.fixture
def moderator(subgroup):
    return member_of(subgroup, SubgroupRole.MODERATOR)


@pytest.fixture
def report(subgroup, author):
    message = post_message(conversation=chat_of(subgroup), by=author, text="jij roeit als een krant")
    return report_message(message=message, by=member_of(subgroup, first_name="Els"), category="rude")


def words_of(notice):
    return notice_kind(notice.kind).words(notice.member, notice.context, notice.count)


def test_a_report_is_judged_by_the_groups_moderators_and_the_associations(subgroup, report, moderator):
    elsewhere = member_of(SubgroupFactory(), SubgroupRole.MODERATOR)

    assert list(visible_reports(moderator)) == [report]
    assert list(visible_reports(member_with(AssociationRole.MODERATOR))) == [report]
    assert not visible_reports(elsewhere).exists()
    assert not visible_reports(report.reporter).exists()


def test_nobody_judges_in_their_own_case(subgroup):
    accused = member_of(subgroup, SubgroupRole.MODERATOR)
    other = member_of(subgroup, SubgroupRole.MODERATOR)
    message = post_message(conversation=chat_of(subgroup), by=accused, text="weg jij")
    report = report_message(message=message, by=member_of(subgroup), category="rude")

    assert not visible_reports(accused).exists()
    assert list(visible_reports(other)) == [report]


def test_the_reporter_learns_the_outcome_and_the_reported_never_who_it_was(report, author, moderator):
    act(report=report, by=moderator, kind="warn", reason="Houd het vriendelijk.")
    close_report(report=report, by=moderator, outcome="acted", answer="Dank je.")

    told = {notice.member: words_of(notice) for notice in Notice.objects.filter(kind__startswith="moderation")}
    assert set(told) == {author, report.reporter}
    assert "Houd het vriendelijk." in told[author].body
    assert "Els" not in str(told[author])
    assert "Dank je." in told[report.reporter].body


def test_who_judges_sees_it_where_it_stands_only_when_they_may_read_there(client, report, moderator):
    place = report.message.get_absolute_url().replace("&", "&amp;")

    client.force_login(moderator)
    assert place in client.get(report.get_absolute_url()).content.decode()
    client.force_login(member_with(AssociationRole.MODERATOR))
    assert place not in client.get(report.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", Act.Kind.values)
def test_the_member_reads_what_happened_in_a_sentence(report, author, moderator, kind):
    done = act(report=report, by=moderator, kind=kind, reason="Onaardig.", days=3)

    assert done.told == words_of(Notice.objects.get(member=author, kind="moderation.act")).title
    assert done.told != done.get_kind_display()


@pytest.mark.parametrize("kind", ["hide", "remove"])
def test_a_hidden_or_removed_message_shows_nowhere(client, subgroup, report, author, moderator, kind):
    act(report=report, by=moderator, kind=kind, reason="Dit is kwetsend.")
    reader = member_of(subgroup)
    client.force_login(reader)

    assert "als een krant" not in client.get(reverse("chat", args=[subgroup.slug])).content.decode()
    assert "als een krant" not in client.get(reverse("message-acts", args=[report.message_id])).content.decode()
    assert client.get(reverse("search"), {"q": "krant"}).context["found"] == []
    assert "krant" not in latest_by_subgroup(reader)[subgroup.pk].text
    assert Report.objects.get().words == "jij roeit als een krant"


def test_who_is_limited_reads_on_and_posts_after_the_end(subgroup, report, author, moderator):
    done = act(report=report, by=moderator, kind="limit", reason="Even rust.", days=3)

    with pytest.raises(PostingLimited):
        post_message(conversation=chat_of(subgroup), by=author, text="maar")
    Act.objects.filter(pk=done.pk).update(
        at=timezone.now() - timedelta(days=4), until=timezone.now() - timedelta(minutes=1)
    )
    assert post_message(conversation=chat_of(subgroup), by=author, text="weer terug")


def test_a_ban_ends_the_place_in_the_group(subgroup, report, author, moderator):
    act(report=report, by=moderator, kind="ban", reason="Het derde geval.")

    assert not is_member(author, subgroup)


def test_every_act_is_in_the_log_with_actor_and_reason(report, moderator):
    act(report=report, by=moderator, kind="warn", reason="Houd het vriendelijk.")

    entry = AuditEntry.objects.get(act="moderation.warn")
    assert (entry.actor_id, entry.reason) == (moderator.pk, "Houd het vriendelijk.")


def test_the_member_answers_once(report, author, moderator):
    done = act(report=report, by=moderator, kind="warn", reason="Houd het vriendelijk.")

    answer_act(act=done, by=author, reply="Sorry")
    with pytest.raises(AlreadyAnswered):
        answer_act(act=done, by=author, reply="En nog iets")

    assert Act.objects.get().reply == "Sorry"


def test_a_report_is_made_once_and_finished_once(report, moderator):
    with pytest.raises(AlreadyReported):
        report_message(message=report.message, by=report.reporter, category="spam")
    close_report(report=report, by=moderator, outcome="nothing")

    with pytest.raises(ReportClosed):
        act(report=report, by=moderator, kind="warn", reason="te laat")


def test_the_queue_is_walked_from_report_to_outcome(client, subgroup, author, moderator):
    message = post_message(conversation=chat_of(subgroup), by=author, text="koop nu")
    client.force_login(member_of(subgroup))
    client.post(reverse("report-message", args=[message.pk]), {"category": "spam", "explanation": "reclame"})
    report = Report.objects.get()

    client.force_login(moderator)
    queue = client.get(reverse("reports")).content.decode()
    assert "koop nu" in queue and "Nog niemand behandelt het" in queue and author.display_name in queue
    client.post(reverse("take-report", args=[report.pk]))
    assert f"{moderator.first_name} behandelt het" in client.get(reverse("reports")).content.decode()
    client.post(reverse("report", args=[report.pk]), {"kind": "remove", "reason": "Geen reclame hier."})
    client.post(reverse("close-report", args=[report.pk]), {"outcome": "acted"})

    report.refresh_from_db()
    assert (report.owner, report.outcome) == (moderator, "acted")
    assert Message.objects.get(pk=message.pk).text == ""
    client.force_login(author)
    page = client.get(reverse("moderation-act", args=[Act.objects.get().pk])).content.decode()
    assert "Geen reclame hier." in page
    assert moderator.first_name not in page.replace(author.first_name, "")


@pytest.mark.parametrize("who", ["outsider", "member", "the reported"])
def test_the_queue_is_closed_for_who_does_not_judge(client, subgroup, report, author, who):
    visitor = {"outsider": MemberFactory, "member": lambda: member_of(subgroup), "the reported": lambda: author}[who]()
    client.force_login(visitor)

    assert client.get(reverse("reports")).status_code == 403
    assert client.get(reverse("report", args=[report.pk])).status_code == 404
    assert client.post(reverse("close-report", args=[report.pk]), {"outcome": "nothing"}).status_code == 404


def test_an_act_is_only_for_the_member_it_is_about(client, report, moderator):
    done = act(report=report, by=moderator, kind="warn", reason="Houd het vriendelijk.")
    client.force_login(report.reporter)

    assert client.get(reverse("moderation-act", args=[done.pk])).status_code == 404


def test_a_report_about_a_person_goes_to_the_associations_moderators(subgroup, moderator):
    report = report_member(about=MemberFactory(), by=member_of(subgroup), category="other")

    assert not visible_reports(moderator).exists()
    assert list(visible_reports(member_with(AssociationRole.MODERATOR))) == [report]


def test_a_member_can_be_reported_from_their_page_and_not_from_ones_own(client, subgroup, author):
    client.force_login(member_of(subgroup))
    address = reverse("report-member", args=[author.pk])

    assert address in client.get(author.get_absolute_url()).content.decode()
    client.post(address, {"category": "other"})
    assert Report.objects.get().about == author
    client.force_login(author)
    assert address not in client.get(author.get_absolute_url()).content.decode()


def test_after_a_new_version_one_reads_on_and_posts_after_accepting(client, subgroup, author):
    chat = chat_of(subgroup)
    guideline = publish_text(by=member_with(AssociationRole.MODERATOR), text="Wees aardig.")
    assert author in not_yet_accepted(guideline)

    with pytest.raises(GuidelinesChanged):
        post_message(conversation=chat, by=author, text="hallo")
    client.force_login(author)
    assert client.get(reverse("chat", args=[subgroup.slug])).status_code == 200
    client.post(reverse("accept-guideline", args=[guideline.pk]))

    assert post_message(conversation=chat, by=author, text="hallo")
    assert author not in not_yet_accepted(guideline)
    publish_text(by=member_with(AssociationRole.MODERATOR), text="Wees nog aardiger.")
    with pytest.raises(GuidelinesChanged):
        post_message(conversation=chat, by=author, text="en nu")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_who_is_refused_because_of_new_guidelines_gets_the_way_to_them(client, subgroup, author, headers):
    publish_text(by=member_with(AssociationRole.MODERATOR), text="Wees aardig.")
    client.force_login(author)

    answer = client.post(reverse("chat", args=[subgroup.slug]), {"text": "hallo"}, headers=headers)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="{reverse("guidelines")}">Naar de huisregels</a>' in page


def test_a_group_adds_to_the_guidelines_and_cannot_lift_those_of_all(subgroup, author):
    everybody = publish_text(by=None, text="Wees aardig.")
    own = publish_text(by=None, text="Alleen over roeien.", subgroup=subgroup)
    accept(text=own, member=author)

    with pytest.raises(GuidelinesChanged):
        post_message(conversation=chat_of(subgroup), by=author, text="hallo")
    accept(text=everybody, member=author)
    assert post_message(conversation=chat_of(subgroup), by=author, text="hallo")


def test_who_writes_the_guidelines_of_a_group_sees_how_many_still_have_to_accept(client, subgroup, author):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    publish_text(by=manager, text="Bel af.", subgroup=subgroup)
    new_version = reverse("new-subgroup-guidelines", args=[subgroup.slug])

    client.force_login(manager)
    page = client.get(reverse("guidelines"))
    assert page.context["rows"][0][1] is not None
    assert new_version in page.content.decode()
    client.force_login(author)
    page = client.get(reverse("guidelines"))
    assert page.context["rows"][0][1] is None
    assert new_version not in page.content.decode()


def test_guidelines_have_their_day_and_their_english(client, subgroup, author):
    client.force_login(member_with(AssociationRole.MODERATOR))
    new, day = reverse("new-guidelines"), timezone.localdate() + timedelta(days=10)
    client.post(new, {"text": "Wees aardig."})
    words = {"text": "Wees nog aardiger.", "text_en": "Be kinder still."}

    too_early = client.post(new, words | {"takes_effect_on": timezone.localdate() - timedelta(days=1)})
    client.post(new, words | {"takes_effect_on": day})

    assert too_early.status_code == 422
    assert "Be kinder still.</textarea>" in too_early.content.decode()
    author.language = "en"
    author.save()
    client.force_login(author)
    page = client.get(reverse("guidelines")).content.decode()
    assert "Wees aardig." in page
    assert page.index("Be kinder still.") < page.index("Wees aardig.")
    accept(text=AgreedText.objects.get(version=1), member=author)
    assert post_message(conversation=chat_of(subgroup), by=author, text="nu nog")
    with time_machine.travel(timezone.now() + timedelta(days=10)), pytest.raises(GuidelinesChanged):
        post_message(conversation=chat_of(subgroup), by=author, text="en nu")


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("moderator", 200)])
def test_only_moderators_write_the_guidelines(client, role, status):
    client.force_login(MemberFactory() if role == "member" else member_with(AssociationRole.MODERATOR))

    assert client.get(reverse("new-guidelines")).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        lambda report: Report.objects.filter(pk=report.pk).update(closed_at=timezone.now()),
        lambda report: Act.objects.create(report=report, kind="warn", member=report.about, reason=""),
        lambda report: Act.objects.create(report=report, kind="limit", member=report.about, reason="x"),
        lambda report: [AgreedText.objects.create(version=1, text="a"), AgreedText.objects.create(version=1, text="b")],
    ],
)
def test_the_database_refuses_what_cannot_be(report, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(report)
