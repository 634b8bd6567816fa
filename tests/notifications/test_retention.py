"""What was read and sent goes after its term; what waits or may have arrived stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.retention import wipe_deliveries, wipe_notices
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def test_only_what_is_read_and_old_goes_a_few_at_a_time():
    member, now = MemberFactory(), timezone.now()
    old = now - timedelta(days=91)
    for number in range(3):
        Notice.objects.create(member=member, kind="x", key=f"old:{number}", read_at=old)
    Notice.objects.create(member=member, kind="x", key="unread", created_at=old)
    Notice.objects.create(member=member, kind="x", key="new", read_at=now)

    removed = [wipe_notices(now - timedelta(days=90), None, 2) for _ in range(3)]

    assert removed == [2, 1, 0]
    assert set(Notice.objects.values_list("key", flat=True)) == {"unread", "new"}


def test_what_may_have_arrived_stays_until_somebody_judged_it():
    member, old = MemberFactory(), timezone.now() - timedelta(days=91)
    for state, done_at in (("sent", old), ("sending", None), ("queued", None)):
        row = {"member": member, "channel": "mail", "kind": "x", "key": "x", "dedupe": state}
        Delivery.objects.create(**row, state=state, done_at=done_at, created_at=old, claimed_at=old)

    wipe_deliveries(timezone.now() - timedelta(days=90), None, 100)

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sending", "queued"}
