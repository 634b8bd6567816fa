from datetime import timedelta

from django.utils import timezone

from finance.ledger.models import Seal
from finance.ledger.seals import seal_days
from notifications.tasks import minute_registry


@minute_registry
def seal_at_night() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    if not Seal.objects.filter(day=yesterday).exists():
        seal_days()
