import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.privacy import retention
from community.privacy.errors import SecondPersonNeeded
from community.privacy.models import LegalHold, RetentionRun, RetentionTerm
from community.privacy.retention import ask_hold, confirm_hold, lift_hold, set_term, term_of, wipe_all
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory
from tests.parallel import at_once
from theme.retention import RetentionRule, register_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(monkeypatch):
    """A rule over notices, the simplest rows there are."""
    monkeypatch.setattr("theme.retention._rules", {})
    return register_rule(RetentionRule("notices", "Notices", days=30, wipe=wipe))


def wipe(before, subgroup_id, limit):
    old = Notice.objects.filter(created_at__lt=before).values("pk")[:limit]
    return Notice.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def notice(days_old):
    return Notice.objects.create(
        member=MemberFactory(), kind="x", key="x", context={}, created_at=timezone.now() - timedelta(days=days_old)
    )


def test_what_is_older_than_its_term_goes_and_the_count_stays_as_proof(rule):
    notice(days_old=31), notice(days_old=31)
    young = notice(days_old=29)

    wipe_all()

    assert list(Notice.objects.all()) == [young]
    assert list(RetentionRun.objects.values_list("rule", "wiped")) == [("notices", 2)]


def test_a_long_list_is_wiped_in_batches(rule, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        notice(days_old=31)

    wiped = wipe_all()

    assert (wiped, Notice.objects.count()) == (5, 0)


def test_the_association_chooses_another_term_and_the_choice_is_remembered(rule):
    officer = MemberFactory()
    set_term(by=officer, rule=rule, days=10)
    set_term(by=officer, rule=rule, days=60)

    assert term_of(rule) == 60
    assert list(RetentionTerm.objects.values_list("days", flat=True)) == [60, 10]


def test_a_group_may_have_a_term_of_its_own(rule):
    subgroup = SubgroupFactory()
    set_term(by=None, rule=rule, days=60)
    set_term(by=None, rule=rule, days=7, subgroup=subgroup)

    assert (term_of(rule), term_of(rule, subgroup.pk)) == (60, 7)


def test_without_a_term_nothing_goes(rule):
    set_term(by=None, rule=rule, days=None)
    notice(days_old=4000)

    wipe_all()

    assert Notice.objects.count() == 1


def test_the_nightly_wipe_runs_once_a_night(rule):
    notice(days_old=31)
    with time_machine.travel("2026-11-23T03:05:00+01:00"):
        first = retention.wipe_what_is_due()
        notice(days_old=31)
        second = retention.wipe_what_is_due()
    with time_machine.travel("2026-11-23T15:05:00+01:00"):
        by_day = retention.wipe_what_is_due()

    assert (first, second, by_day) == (1, 0, 0)


def test_two_people_stop_all_wiping_and_one_lets_it_go_on(rule):
    notice(days_old=31)
    hold = ask_hold(by=MemberFactory(), reason="Aangifte")
    confirm_hold(by=MemberFactory(), hold=hold)

    while_held = wipe_all()
    lift_hold(by=MemberFactory(), hold=hold)
    afterwards = wipe_all()

    assert (while_held, afterwards) == (0, 1)


@pytest.mark.parametrize("is_wide", [True, False])
def test_a_hold_that_is_confirmed_during_the_wipe_stops_the_next_batch(rule, monkeypatch, is_wide):
    group = None if is_wide else SubgroupFactory()
    hold, second = ask_hold(by=MemberFactory(), reason="Aangifte", subgroup=group), MemberFactory()
    notice(days_old=31), notice(days_old=31)

    def wipe_and_hold(before, subgroup_id, limit):
        confirm_hold(by=second, hold=hold)
        return wipe(before, subgroup_id, 1)

    register_rule(RetentionRule("notices", "Notices", days=30, wipe=wipe_and_hold, per_subgroup=not is_wide))

    assert wipe_all() == 1
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_confirms_a_hold_waits_for_the_batch_that_runs(rule):
    hold, second = ask_hold(by=MemberFactory(), reason="Aangifte"), MemberFactory()
    order, is_wiping = [], threading.Event()
    notice(days_old=31)

    def slowly(before, subgroup_id, limit):
        is_wiping.set()
        time.sleep(0.5)
        wiped = wipe(before, subgroup_id, limit)
        order.append(f"wiped {wiped}")
        return wiped

    def confirm():
        is_wiping.wait(timeout=20)
        confirm_hold(by=second, hold=hold)
        order.append("held")

    register_rule(RetentionRule("notices", "Notices", days=30, wipe=slowly))

    at_once(wipe_all, confirm)

    assert [step for step in order if step != "wiped 0"] == ["wiped 1", "held"]
    assert wipe_all() == 0


def test_one_person_alone_holds_nothing(rule):
    person = MemberFactory()
    hold = ask_hold(by=person, reason="Aangifte")
    notice(days_old=31)

    with pytest.raises(SecondPersonNeeded):
        confirm_hold(by=person, hold=hold)

    assert wipe_all() == 1


def test_the_database_itself_wants_two_people():
    person = MemberFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.create(reason="x", asked_by=person, confirmed_by=person, confirmed_at=timezone.now())
