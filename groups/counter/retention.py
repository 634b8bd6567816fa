"""How long requests are kept."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.counter.models import ServiceRequest
from theme.retention import RetentionRule, register_rule, take_away


def wipe_requests(before: datetime, subgroup_id: int | None, limit: int) -> int:
    closed = ServiceRequest.objects.filter(asked_at__lt=before).exclude(state__in=ServiceRequest.OPEN)
    return take_away(closed, limit)


register_rule(RetentionRule("service-requests", _("Requests at the counter"), 730, wipe_requests))
