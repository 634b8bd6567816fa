"""When somebody may not post: limited by a moderator, or the guidelines are new."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.agreements.models import AgreedText, Kind
from groups.agreements.queries import to_accept
from groups.conversations.services import posting_rules
from groups.conversations.views.messages import ActLink, act_links
from groups.moderation.errors import GuidelinesChanged, PostingLimited
from groups.moderation.models import Act


@posting_rules
def refuse_limited(member, conversation) -> None:
    limits = Act.objects.filter(member=member, kind=Act.Kind.LIMIT, until__gt=timezone.now())
    limit = limits.filter(Q(subgroup=conversation.subgroup_id) | Q(subgroup__isnull=True)).order_by("-until").first()
    if limit:
        raise PostingLimited(limit.until)


@posting_rules
def refuse_without_guidelines(member, conversation) -> None:
    guidelines = AgreedText.objects.filter(kind=Kind.GUIDELINES)
    here = guidelines.filter(Q(subgroup__isnull=True) | Q(subgroup=conversation.subgroup_id))
    if to_accept(member, here).exists():
        raise GuidelinesChanged


@act_links
def report_link(message) -> ActLink:
    return ActLink(_("Report"), "flag", reverse("report-message", args=[message.pk]))
