"""Who may vote, with how many votes, and what somebody reads who may not (PS-10)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole, AuditEntry, Enrolment, MembershipKind
from groups.subgroups.models import Membership
from polls.access import polls_to_vote
from polls.entitlement import why_not
from polls.errors import Barred, NobodyToAsk, NotOnTheList, PollClosed, WeightsTellTales
from polls.models import Elector, Kind, Secrecy, Statutes, Suspension, Tally
from polls.promises import promises
from polls.queries import shown_result
from polls.services import bar_elector, close_poll, end_suspension, open_poll, suspend
from polls.streams import vote_reminders
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db


def of_kind(name, **fields):
    """A member who belongs in this way since last year."""
    member = MemberFactory(enrolled=False)
    kind = MembershipKind.objects.get_or_create(name=name, defaults=fields)[0]
    Enrolment.objects.create(member=member, kind=kind, starts_on=timezone.localdate() - timedelta(days=400))
    return member


def enrolled_since(days):
    member = MemberFactory(enrolled=False)
    kind = MembershipKind.objects.get_or_create(name="Lid")[0]
    Enrolment.objects.create(member=member, kind=kind, starts_on=timezone.localdate() - timedelta(days=days))
    return member


def listed(poll):
    return set(Elector.objects.filter(poll=poll).values_list("member", flat=True))


def kind_id(name):
    return MembershipKind.objects.get(name=name).pk


def test_a_poll_for_some_kinds_of_membership_asks_nobody_else_and_says_so():
    youth, full = of_kind("Jeugdlid"), of_kind("Lid")

    poll = running_poll(None, kinds=[kind_id("Jeugdlid")])

    assert listed(poll) == {youth.pk}
    assert why_not(poll, full) == "Je kunt hier niet stemmen: deze poll is voor Jeugdlid."
    assert "Alleen voor Jeugdlid." in promises(poll)[-1]


def test_who_joined_after_the_record_date_is_told_why(client):
    old, new = enrolled_since(100), enrolled_since(5)
    day = timezone.localdate() - timedelta(days=10)

    poll = running_poll(None, record_on=day.isoformat())
    client.force_login(new)
    page = client.get(poll.get_absolute_url()).content.decode()

    assert listed(poll) == {old.pk}
    assert "dat mag alleen wie op zo 8 nov lid was, en jij werd later lid" in page
    assert 'type="radio"' not in page


def test_the_record_date_of_a_group_is_about_its_own_members():
    subgroup = SubgroupFactory()
    old, _new = member_of(subgroup), member_of(subgroup)
    Membership.objects.filter(member=old).update(joined_at=timezone.now() - timedelta(days=20))

    poll = running_poll(subgroup, record_on=(timezone.localdate() - timedelta(days=10)).isoformat())

    assert listed(poll) == {old.pk}


def test_a_suspended_member_is_on_no_list_of_the_association_while_it_lasts():
    board = member_with(AssociationRole.BOARD)
    out, back = MemberFactory(), MemberFactory()
    today = timezone.localdate()
    suspend(member=out, by=board, reason="ALV 3 oktober", starts_on=today, ends_on=None)
    suspend(member=back, by=board, reason="Bestuur", starts_on=today - timedelta(9), ends_on=today - timedelta(1))

    poll = running_poll(None)

    assert listed(poll) == {board.pk, back.pk}
    assert why_not(poll, out) == "Je kunt hier niet stemmen: je stemrecht was geschorst toen deze poll openging."


def test_a_suspension_ends_and_leaves_a_trace():
    board, member = member_with(AssociationRole.BOARD), MemberFactory()
    today = timezone.localdate()
    ended = suspend(member=member, by=board, reason="ALV", starts_on=today - timedelta(9), ends_on=None)
    unborn = suspend(member=member, by=board, reason="ALV", starts_on=today + timedelta(9), ends_on=None)

    end_suspension(suspension=ended, by=board)
    end_suspension(suspension=unborn, by=board)

    assert list(Suspension.objects.values_list("ends_on", flat=True)) == [today - timedelta(1)]
    assert AuditEntry.objects.filter(act="member.vote_suspension_ended").count() == 2
    assert listed(running_poll(None)) == {board.pk, member.pk}


def test_the_board_suspends_and_ends_it_in_the_browser_and_nobody_else_does(client):
    board, member, other = member_with(AssociationRole.BOARD), MemberFactory(), MemberFactory()
    address = reverse("suspensions")

    client.force_login(other)
    refused = client.get(address).status_code
    client.force_login(board)
    unknown = client.post(address, {"member": 999_999, "reason": "ALV", "starts_on": "2026-11-18"})
    backwards = client.post(
        address, {"member": member.pk, "reason": "ALV", "starts_on": "2026-11-18", "ends_on": "2026-11-01"}
    )
    client.post(address, {"member": member.pk, "reason": "ALV", "starts_on": "2026-11-01"})
    page = client.get(address).content.decode()
    client.post(reverse("suspension-end", args=[Suspension.objects.get().pk]))

    assert (refused, unknown.status_code, backwards.status_code) == (403, 422, 422)
    assert str(member) in page
    assert Suspension.objects.get().ends_on == timezone.localdate() - timedelta(1)


def test_a_suspension_needs_a_reason_and_runs_forward():
    member, today = MemberFactory(), timezone.localdate()

    for fields in ({"reason": ""}, {"reason": "ALV", "ends_on": today - timedelta(1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suspension.objects.create(member=member, starts_on=today, **fields)


@pytest.fixture
def three():
    subgroup = SubgroupFactory()
    return subgroup, [member_of(subgroup) for _ in range(3)]


def test_a_barred_member_votes_no_more_and_is_not_counted_as_entitled(three):
    subgroup, (barred, voter, _silent) = three
    poll = running_poll(subgroup, shown="live")

    bar_elector(poll=poll, member=barred, by=voter, reason="Geschorst door de ALV")

    with pytest.raises(Barred):
        vote(poll, barred, choice=1)
    vote(poll, voter, choice=1)
    assert not polls_to_vote(barred).exists()
    assert barred.pk not in {due.member_id for due in vote_reminders(poll.closes_at - timedelta(hours=2))}
    close_poll(poll=poll, by=None)
    assert Tally.objects.values_list("voters", "entitled").get() == (1, 2)
    assert AuditEntry.objects.get(act="poll.elector_barred").details == {"member": barred.pk}


def test_a_vote_cast_before_being_barred_stays_and_cannot_be_changed_even_by_sql(three):
    subgroup, (barred, other, _silent) = three
    poll = running_poll(subgroup)
    vote(poll, barred, choice=1)
    bar_elector(poll=poll, member=barred, by=other, reason="Geschorst")

    with pytest.raises(Barred):
        vote(poll, barred, choice=2)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE polls_elector SET answer = '2' WHERE barred_at IS NOT NULL")
    poll = close_poll(poll=poll, by=None)

    assert shown_result(poll, None, sees_figures=True).bars[0].votes == 1
    assert Tally.objects.values_list("voters", "entitled").get() == (1, 3)


def test_a_poll_that_nobody_may_vote_in_does_not_open():
    poll = make_poll(SubgroupFactory())

    with pytest.raises(NobodyToAsk):
        open_poll(poll=poll, by=None)

    poll.refresh_from_db()
    assert (poll.state, poll.electors.count()) == ("draft", 0)


def test_barring_is_for_electors_of_an_open_poll(three):
    subgroup, (member, by, _silent) = three
    poll = running_poll(subgroup)

    with pytest.raises(NotOnTheList):
        bar_elector(poll=poll, member=MemberFactory(), by=by, reason="x")
    close_poll(poll=poll, by=None)
    with pytest.raises(PollClosed):
        bar_elector(poll=poll, member=member, by=by, reason="x")


def test_who_runs_the_poll_bars_in_the_browser_and_the_member_reads_why(client, three):
    subgroup, (maker, member, _silent) = three
    poll = running_poll(subgroup, by=maker)
    address = reverse("poll-bar", args=[poll.pk])

    client.force_login(member)
    refused = client.post(address, {"member": maker.pk, "reason": "x"}).status_code
    client.force_login(maker)
    client.post(address, {"member": member.pk, "reason": "  "})
    without_reason = Elector.objects.filter(barred_at__isnull=False).count()
    client.post(address, {"member": member.pk, "reason": "Geschorst door de ALV"})
    figures = client.get(reverse("poll-figures", args=[poll.pk])).content.decode()
    client.force_login(member)
    page = client.get(poll.get_absolute_url()).content.decode()

    assert (refused, without_reason) == (403, 0)
    assert "Geschorst door de ALV" in figures
    assert "Je mag in deze poll niet meer stemmen: Geschorst door de ALV" in page
    assert 'type="radio"' not in page


def test_a_barred_elector_has_a_reason_in_the_database(three):
    running_poll(three[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Elector.objects.update(barred_at=timezone.now())


def test_votes_weigh_as_the_kind_of_membership_says():
    club, person = of_kind("Vereniging"), of_kind("Lid")
    weights = {str(kind_id("Vereniging")): 3, str(kind_id("Lid")): 1}
    poll = running_poll(None, kind=Kind.MOTION, options=(), weights=weights)
    vote(poll, club, choice="for")
    vote(poll, person, choice="against")

    close_poll(poll=poll, by=None)
    result = Tally.objects.get().result

    assert result["votes"] == {"for": 3, "against": 1, "blank": 0}
    assert (result["denominator"], result["needed"]) == (4, 3)
    assert "Vereniging: 3 stemmen. Lid: 1 stem." in promises(poll)[-1]


def test_a_weight_that_marks_few_voters_is_refused_in_a_secret_poll():
    of_kind("Vereniging")
    for _ in range(12):
        of_kind("Lid")

    with pytest.raises(WeightsTellTales):
        running_poll(None, secrecy=Secrecy.SECRET, weights={str(kind_id("Vereniging")): 3})


def test_the_statutes_page_asks_the_votes_of_each_kind_that_may_vote(client):
    board = member_with(AssociationRole.BOARD)
    of_kind("Donateur", may_vote=False)
    of_kind("Vereniging")
    client.force_login(board)
    answers = {
        "call_days": 7, "blank_counts": "False", "matter_share": "1/2", "change_share": "2/3", "change_quorum": "",
        "proxies_per_holder": 1, "proxy_hours": 24, "giver_may_still_vote": "True", "advance_days": 0,
        "digital_ground": "", f"votes-{kind_id('Lid')}": 1, f"votes-{kind_id('Vereniging')}": 5,
    }  # fmt: skip

    page = client.get(reverse("statutes")).content.decode()
    client.post(reverse("statutes"), answers)
    weights = Statutes.objects.get().weights
    client.post(reverse("statutes"), {**answers, f"votes-{kind_id('Vereniging')}": 1})

    assert "Vereniging" in page
    assert "Donateur" not in page
    assert weights == {str(kind_id("Lid")): 1, str(kind_id("Vereniging")): 5}
    assert Statutes.objects.get().weights == {}


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (1, "Quorum niet gehaald: deelname 1, nodig 2. Deze uitslag beslist niets."),
        (2, "Quorum gehaald: deelname 2, nodig 2."),
    ],
)
def test_a_quorum_is_reached_or_missed_with_both_numbers(three, votes, words):
    subgroup, members = three
    poll = running_poll(subgroup, quorum="1/2")
    for member in members[:votes]:
        vote(poll, member, choice=1)
    poll = close_poll(poll=poll, by=None)

    assert shown_result(poll, None, sees_figures=True).quorum == words
