"""What the worker and the clock do for online payments."""

import logging
from datetime import timedelta

from celery import shared_task

from finance.providers.models import ProviderNotice
from finance.providers.services.hearing import handle_notice, is_my_turn, sweep_attempts, sweep_chargebacks
from notifications.tasks import minute_registry

logger = logging.getLogger(__name__)


@shared_task
def handle(notice_id: int) -> None:
    notice = ProviderNotice.objects.select_related("attempt").filter(pk=notice_id, handled_at__isnull=True).first()
    if notice:
        handle_notice(notice=notice)


def handle_soon(notice: ProviderNotice) -> None:
    """Without a broker nothing is lost: the sweep finds the notice."""
    try:
        handle.delay(notice.pk)
    except handle.OperationalError:
        logger.warning("the broker is away; the sweep will handle the notice")


@minute_registry
def sweep_online_payments() -> None:
    if is_my_turn("attempts", timedelta(minutes=1)):
        sweep_attempts()
        sweep_chargebacks()
