"""How the background is doing: who was last seen at work, how long the queue is, what went wrong."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.access import unsure_deliveries
from notifications.models import Bounce, Delivery, Heartbeat, PushSubscription
from theme.registry import Registry

logger = logging.getLogger(__name__)

SILENT_AFTER = timedelta(seconds=90)
WAITING_TOO_LONG = timedelta(minutes=10)
REFUSED_TIMES = 3  # so a quarter of an hour without a mail server is red, and one busy moment is not
State = Delivery.State

health_registry = Registry("What else says how the house is doing? function() -> list of Check")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the health page. `code` is stable, for the machine; `text` says it in words. Tells no secrets."""

    code: str
    label: str
    is_good: bool
    text: str
    at: datetime | None = None


def beat(name: str) -> None:
    """Leave a sign of life. A database that is away is its own alarm, so this never stops the work."""
    try:
        Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
    except DatabaseError:
        logger.warning("no sign of life written for %s", name)


def checks() -> list[Check]:
    """Every line, ours first. Asked afresh each time: some ten queries on indexes."""
    own = [_at_work("clock", _("Clock")), _at_work("worker", _("Worker")), _at_work("sweep", _("Last round"))]
    own += [_queue(), _in_the_air(), _failed("mail", _("Mail")), _failed("push", _("Push")), _returned()]
    return own + [check for source in health_registry for check in source()]


def _at_work(name: str, label: str) -> Check:
    row = Heartbeat.objects.filter(name=name).first()
    if row is None:
        return Check(name, label, False, _("never seen"))
    is_good = timezone.now() - row.seen_at < SILENT_AFTER
    return Check(name, label, is_good, _("at work") if is_good else _("stands still"), row.seen_at)


def _queue() -> Check:
    due = Delivery.objects.filter(state=State.QUEUED, not_before__lte=timezone.now())
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    is_good = oldest is None or timezone.now() - oldest < WAITING_TOO_LONG
    return Check("queue", _("Waiting to be sent"), is_good, str(due.count()), oldest)


def _in_the_air() -> Check:
    stuck = unsure_deliveries()
    oldest = stuck.order_by("claimed_at").values_list("claimed_at", flat=True).first()
    return Check("stuck", _("May or may not have arrived"), oldest is None, str(stuck.count()), oldest)


def _failed(channel: str, label: str) -> Check:
    day = timezone.now() - timedelta(days=1)
    done = Delivery.objects.filter(channel=channel, done_at__gte=day)
    failed, sent = done.filter(state=State.FAILED).count(), done.filter(state=State.SENT).count()
    last = Delivery.objects.filter(channel=channel, state=State.SENT, done_at__gte=day).order_by("-done_at").first()
    text = _("%(sent)d sent and %(failed)d failed in 24 hours") % {"sent": sent, "failed": failed}
    refused = Delivery.objects.filter(channel=channel, state=State.QUEUED, tries__gte=REFUSED_TIMES).count()
    if refused:
        waits = ngettext(
            "%(number)d was refused several times and is tried again",
            "%(number)d were refused several times and are tried again",
            refused,
        )
        text += "; " + waits % {"number": refused}
    return Check(channel, label, failed <= sent // 20 and not refused, text, last.done_at if last else None)


def _returned() -> Check:
    week = Bounce.objects.filter(reported_at__gte=timezone.now() - timedelta(days=7)).count()
    devices = PushSubscription.objects.count()
    text = _("%(returned)d mails came back in 7 days; %(devices)d devices with push") % {
        "returned": week,
        "devices": devices,
    }
    return Check("bounces", _("Returned"), True, text)


def verdicts() -> dict[str, bool]:
    """For the machine: code and whether it is good, no numbers."""
    return {check.code: check.is_good for check in checks()}
