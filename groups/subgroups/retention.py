"""How long it is remembered that somebody was written to about invitations; until then they hear no more of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import InvitationMail
from theme.retention import RetentionRule, register_rule


def wipe_invitation_mails(before: datetime, subgroup_id: int | None, limit: int) -> int:
    ids = list(InvitationMail.objects.filter(sent_at__lt=before).values_list("pk", flat=True)[:limit])
    InvitationMail.objects.filter(pk__in=ids).delete()
    return len(ids)


register_rule(
    RetentionRule("invitation-mails", _("Who was written to about invitations"), days=90, wipe=wipe_invitation_mails)
)
