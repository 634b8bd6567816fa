"""Privacy statement and terms: announced, read, accepted, and from their day on asked for before anything else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from groups.agreements.errors import AlreadyPast, BeforeTheLast, PublishedMeanwhile
from groups.agreements.gate import is_open
from groups.agreements.models import Acceptance, AgreedText, Kind
from groups.agreements.queries import announced, in_force, not_yet_accepted, tally, to_accept
from groups.agreements.services import accept, publish_text, tell_members, tell_next
from groups.people.models import AssociationRole, AuditEntry
from notifications.kinds import notice_kind
from notifications.models import Delivery, Notice
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.parallel import at_once
from theme.comparing import differing_paragraphs

pytestmark = pytest.mark.django_db


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def publish(kind=Kind.TERMS, text="Wees eerlijk.", days=0, **values) -> AgreedText:
    words = {"text_en": f"{text} (en)", "changes": "Iets nieuws.", "changes_en": "Something new."}
    return publish_text(by=None, kind=kind, text=text, takes_effect_on=today(days), **{**words, **values})


@pytest.fixture
def member():
    return MemberFactory(first_name="Kees", language="nl")


@pytest.fixture
def browser(client, member):
    client.force_login(member)
    return client


def test_a_version_counts_from_its_day_and_the_older_one_until_then(time_machine):
    time_machine.move_to("2026-11-18T12:00:00+01:00", tick=False)
    first, second = publish(), publish(text="Wees eerlijk en aardig.", days=10)
    texts = AgreedText.objects.all()

    assert list(in_force(texts)) == [first]
    assert list(announced(texts)) == [second]
    time_machine.move_to("2026-11-27T23:59:00+01:00", tick=False)
    assert list(in_force(texts)) == [first]
    time_machine.move_to("2026-11-28T00:01:00+01:00", tick=False)
    assert list(in_force(texts)) == [second]
    assert list(announced(texts)) == []


def test_who_accepts_the_new_version_ahead_is_not_asked_for_the_old_one(member):
    publish()
    accept(text=publish(days=10), member=member)

    assert list(to_accept(member, AgreedText.objects.all())) == []


def test_each_text_is_accepted_by_itself(member):
    terms, statement = publish(), publish(kind=Kind.PRIVACY)
    accept(text=terms, member=member)

    assert list(to_accept(member, AgreedText.objects.all())) == [statement]


def test_accepting_twice_keeps_the_first_moment(member, time_machine):
    text = publish()
    time_machine.move_to("2026-11-18T12:00:00+01:00", tick=False)
    accept(text=text, member=member)
    time_machine.move_to("2026-11-19T12:00:00+01:00", tick=False)
    accept(text=text, member=member)

    assert Acceptance.objects.get().at.day == 18


def test_a_version_is_announced_for_today_or_later_and_never_before_the_last():
    publish(days=10)

    with pytest.raises(AlreadyPast):
        publish(days=-1)
    with pytest.raises(BeforeTheLast):
        publish(days=9)
    assert publish(days=10).version == 2


def test_who_wrote_on_an_older_version_is_told_so():
    publish()

    with pytest.raises(PublishedMeanwhile):
        publish(based_on=0)
    assert publish(based_on=1).version == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_version():
    outcomes = at_once(*[lambda: publish(based_on=0)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AgreedText", "PublishedMeanwhile"]
    assert AgreedText.objects.count() == AuditEntry.objects.filter(act="terms.published").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "terms", "version": 1, "text": "a"},
        {"kind": "terms", "version": 2, "text": "a", "text_en": "a"},
        {"kind": "privacy", "version": 1, "text": "", "text_en": "a"},
        {"kind": "privacy", "version": 1, "text": "a", "text_en": "a", "subgroup": True},
    ],
)
def test_the_database_refuses_half_a_text(wrong):
    if wrong.get("subgroup"):
        wrong = {**wrong, "subgroup": SubgroupFactory()}

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreedText.objects.create(**wrong)


def test_the_texts_are_read_by_strangers_with_older_versions_in_their_own_language(client):
    publish(text="Oude tekst.")
    publish(text="Nieuwe tekst.")

    page = client.get(reverse("agreed-text", args=["terms"]), headers={"Accept-Language": "nl"}).content.decode()
    english = client.get(reverse("agreed-version", args=["terms", 1]), headers={"Accept-Language": "en"})

    assert "Nieuwe tekst." in page and reverse("agreed-version", args=["terms", 1]) in page
    assert "Oude tekst. (en)" in english.content.decode()
    assert client.get(reverse("agreed-version", args=["terms", 3])).status_code == 404


def test_guidelines_are_for_members_and_those_of_a_group_for_its_own(client, member):
    publish_text(by=None, text="Wees aardig.")
    own = publish_text(by=None, text="Alleen over roeien.", subgroup=SubgroupFactory())

    assert client.get(reverse("agreed-text", args=["guidelines"])).status_code == 404
    client.force_login(member)
    assert "Wees aardig." in client.get(reverse("agreed-text", args=["guidelines"])).content.decode()
    assert client.post(reverse("accept-agreement", args=[own.pk])).status_code == 404
    assert not Acceptance.objects.exists()


def test_before_its_day_a_version_is_a_quiet_line_with_the_difference_behind_it(browser, member):
    accept(text=publish(text="We bewaren alles een jaar."), member=member)
    publish(text="We bewaren alles twee jaar.", days=10)

    home = browser.get(reverse("home"))
    page = browser.get(reverse("agreements")).content.decode()

    assert home.status_code == 200
    assert 'class="banner"' in home.content.decode()
    assert "<del>" in page and "een</del>" in page and "twee</ins>" in page
    assert 'class="banner"' not in page
    assert 'class="banner"' not in browser.get(reverse("announcements")).content.decode()


def test_who_accepted_sees_no_line(browser, member):
    accept(text=publish(days=10), member=member)

    assert 'class="banner"' not in browser.get(reverse("home")).content.decode()


def test_from_its_day_the_page_comes_first_and_leads_back(browser, member):
    text = publish()

    answer = browser.get(reverse("agenda") + "?month=2026-12")
    assert answer["Location"] == f"{reverse('agreements')}?next=%2Fagenda%2F%3Fmonth%3D2026-12"
    back = browser.post(reverse("accept-agreement", args=[text.pk]), {"next": "/agenda/?month=2026-12"})

    assert back["Location"] == "/agenda/?month=2026-12"
    assert browser.get(reverse("agenda")).status_code == 200
    assert Acceptance.objects.get().member == member


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(browser, elsewhere):
    answer = browser.post(reverse("accept-agreement", args=[publish().pk]), {"next": elsewhere})

    assert answer["Location"] == reverse("agreements")


def test_a_fragment_leads_the_whole_page_there(browser):
    publish()

    answer = browser.get(reverse("agenda"), headers={"HX-Request": "true"})

    assert answer.status_code == 403
    assert answer["HX-Redirect"].startswith(reverse("agreements"))


@pytest.mark.parametrize(
    "name",
    [
        *("agreements", "guidelines", "privacy", "privacy-statement", "privacy-who", "privacy-processing"),
        *("polls", "meetings", "decisions", "account_logout", "usersessions_list"),
    ],
)
def test_who_has_not_accepted_still_reads_votes_and_leaves(browser, name):
    publish()

    assert browser.get(reverse(name)).status_code == 200


def test_who_has_not_accepted_still_takes_data_along_and_erases(member):
    publish()
    browser = Client()
    log_in_freshly(browser, member)

    assert browser.post(reverse("privacy-export"))["Location"] == reverse("privacy")
    assert member.data_exports.count() == 1
    assert browser.get(reverse("privacy-erasure")).status_code == 200


def test_every_way_of_voting_stays_open_and_no_desk_does():
    from polls.urls import urlpatterns

    in_groups = {"subgroup-polls", "choose-subgroup-kind", "make-subgroup-poll"}
    making = {"choose-kind", "make-poll", "make-meeting", *in_groups}
    paths = {entry.name: "/" + str(entry.pattern) for entry in urlpatterns}
    closed = {name for name, path in paths.items() if not is_open(path)}

    assert closed <= making
    desks = ("privacy-requests", "privacy-retention", "new-breach")
    assert not any(is_open(reverse(name)) for name in (*desks, "home", "agenda"))
    assert not is_open(reverse("breach", args=[1])) and is_open(reverse("lost-device", args=[1]))


def test_the_old_answer_of_a_banned_page_is_not_lost_in_a_loop(browser):
    publish()

    page = browser.get(reverse("home"), follow=True)

    assert page.redirect_chain == [(f"{reverse('agreements')}?next=%2F", 302)]
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 403), (AssociationRole.COMMUNITY_MANAGER, 403), (AssociationRole.BOARD, 200), ("privacy", 200)],
)
def test_the_board_and_the_privacy_officer_keep_the_texts(role, status):
    role = AssociationRole.PRIVACY_OFFICER if role == "privacy" else role
    browser = Client()
    log_in_freshly(browser, member_with(role) if role else MemberFactory())

    assert browser.get(reverse("agreement-desk")).status_code == status
    assert browser.get(reverse("new-agreement", args=["terms"])).status_code == status


def test_publishing_through_the_form_keeps_what_was_typed_when_it_is_refused():
    browser = Client()
    log_in_freshly(browser, member_with(AssociationRole.BOARD))
    words = {"text": "Nieuw.", "text_en": "New.", "changes": "", "changes_en": "", "based_on": 0}

    refused = browser.post(reverse("new-agreement", args=["terms"]), {**words, "takes_effect_on": today(-1)})
    assert refused.status_code == 422
    assert "Nieuw." in refused.content.decode()
    browser.post(reverse("new-agreement", args=["terms"]), {**words, "takes_effect_on": today(30)})

    assert AgreedText.objects.get().takes_effect_on == today(30)
    assert browser.get(reverse("new-agreement", args=["guidelines"])).status_code == 404


def test_everybody_is_told_once_also_when_the_walk_is_killed_half_way():
    people = MemberFactory.create_batch(5)
    text = publish(days=10)

    assert tell_next(text.pk, size=2) == 2
    assert tell_members() == 3
    assert tell_members() == 0

    mails = Delivery.objects.filter(kind="agreements.new").values_list("member", flat=True)
    assert sorted(mails) == sorted(person.pk for person in people)
    assert not Notice.objects.exists()
    text.refresh_from_db()
    assert text.told_at


def test_who_has_accepted_meanwhile_gets_no_mail(member):
    text = publish(days=10)
    kind, context = notice_kind("agreements.new"), {"text": text.pk}

    assert kind.still_true(member, context)
    with translation.override("en"):
        assert kind.words(member, context, 1).body == "Something new."
    accept(text=text, member=member)
    assert not kind.still_true(member, context)


@pytest.mark.parametrize(
    ("accepted", "shown"), [(0, (0, 12)), (1, None), (4, None), (5, (5, 7)), (8, None), (11, None), (12, (12, 0))]
)
def test_the_count_never_points_at_a_few(accepted, shown):
    text, people = publish(), MemberFactory.create_batch(12)
    for person in people[:accepted]:
        accept(text=text, member=person)

    found = tally(text)

    assert found.everybody == 12
    assert (found.accepted, found.waiting) == (shown or (None, None))
    assert not_yet_accepted(text).count() == 12 - accepted


def test_the_member_reads_when_they_agreed_to_what(browser, member):
    accept(text=publish(), member=member)

    page = browser.get(reverse("privacy")).content.decode()

    assert "Gebruiksvoorwaarden" in page
    assert "akkoord op" in page


def test_guidelines_still_only_stop_posting(browser, member):
    publish_text(by=None, text="Wees aardig.")

    assert browser.get(reverse("home")).status_code == 200


def test_the_line_costs_no_query_of_its_own(browser, member, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(reverse("home"))
    with CaptureQueriesContext(connection) as before:
        browser.get(reverse("home"))
    publish(days=10)

    with django_assert_num_queries(len(before)):
        assert 'class="banner"' in browser.get(reverse("home")).content.decode()


def test_the_difference_shows_words_that_go_and_come():
    (paragraph,) = differing_paragraphs("Blijft.\n\nWij bewaren een jaar.", "Blijft.\n\nWij bewaren twee jaar.")

    assert [(part.words, part.is_old, part.is_new) for part in paragraph] == [
        ("Wij bewaren", False, False),
        ("een", True, False),
        ("twee", False, True),
        ("jaar.", False, False),
    ]


def test_a_group_member_who_left_does_not_count_for_its_guidelines():
    subgroup = SubgroupFactory()
    member_of(subgroup)
    text = publish_text(by=None, text="Alleen over roeien.", subgroup=subgroup)

    assert tally(text).everybody == subgroup.memberships.active().count()
