"""What stands beside the books and may go before them; the books themselves stay seven years."""

from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from finance.fees.models import Arrangement, Mandate, Stop
from theme.retention import RetentionRule, register_rule


def wipe_reasons(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """What members wrote in confidence about paying and about leaving; that they asked, and the outcome, stay."""
    asked = Arrangement.objects.filter(answered_at__lt=before).exclude(text="", answer="")
    done = _first(asked, limit).update(text="", answer="")
    return done or _first(Stop.objects.filter(asked_at__lt=before).exclude(reason=""), limit).update(reason="")


def wipe_accounts(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """The account of a mandate that ended, counted from its last collection: so long a debit can be contested."""
    ended = Mandate.objects.filter(~Q(holder=""), state=Mandate.State.ENDED).alias(
        last_on=Coalesce("last_used_on", TruncDate("changed_at"))
    )
    return _first(ended.filter(last_on__lt=before.date(), changed_at__lt=before), limit).update(
        holder="", iban="", iban_mark="", bic=""
    )


def _first(rows, limit: int):
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    return rows.model.objects.filter(pk__in=ids)


register_rule(RetentionRule("fee-reasons", _("What you wrote about paying your fee or leaving"), 730, wipe_reasons))
register_rule(RetentionRule("mandates", _("Accounts of mandates that ended"), 1096, wipe_accounts))
