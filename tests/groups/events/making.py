"""What these tests make and ask."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from groups.events.models import Answer
from groups.events.services import plan_event
from groups.subgroups.models import SubgroupRole
from tests.factories import SubgroupFactory, member_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


Choice = Answer.Choice


def amsterdam(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


def planned(subgroup=None, by=None, **fields):
    subgroup = subgroup or SubgroupFactory()
    by = by or member_of(subgroup, SubgroupRole.MANAGER)
    start = fields.pop("starts_at", timezone.now() + timedelta(days=3))
    fields.setdefault("ends_at", start + timedelta(hours=2))
    return plan_event(by=by, subgroup=subgroup, title=fields.pop("title", "Training"), starts_at=start, **fields)


def ids(events):
    return set(events.values_list("pk", flat=True))
