"""Once a week every manager gets one mail about their groups: who is new, what nobody answered, what is late or ends.

Only parts with something in them; a quiet week is no mail. What it says is worked out when it is sent.
"""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.conversations.models import Conversation
from groups.moderation.models import Report
from groups.people.models import Member, kept_from_somebody
from groups.subgroups.access import managed_subgroups
from groups.subgroups.models import Membership, SubgroupRole, SubgroupRoleGrant
from groups.todos.models import Task
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import Channel, Delivery
from notifications.services import queue_many
from notifications.tasks import minute_registry

WEEK, ENDS_WITHIN = timedelta(days=7), timedelta(days=21)
MONDAY_AT = time(8)
KIND = "manager.week"


def week_lines(member) -> list[str]:
    """What happened and what waits in the groups this member manages, one line per group and subject."""
    now, groups = timezone.now(), managed_subgroups(member)
    lines = []
    for group in groups:
        facts = [fact for fact in _facts(group, now) if fact]
        lines += [f"{group.name}: {', '.join(facts)}"] if facts else []
    return lines


def _facts(group, now) -> list[str]:
    new = Membership.objects.active().filter(subgroup=group, joined_at__gte=now - WEEK).count()
    reports = Report.objects.filter(message__conversation__subgroup=group, closed_at__isnull=True).count()
    unanswered = Conversation.objects.filter(
        subgroup=group, kind=Conversation.Kind.THREAD, last_number=1, started_at__gte=now - 2 * WEEK
    )
    unanswered = unanswered.exclude(kept_from_somebody()).count()
    late = Task.objects.filter(subgroup=group, done_at__isnull=True, due_at__lt=now).count()
    ending = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup=group, membership__left_at__isnull=True, ends_on__lte=(now + ENDS_WITHIN).date()
    )
    ends = ending.count()
    return [
        _some(new, ngettext("%(n)d new member", "%(n)d new members", new)),
        _some(reports, ngettext("%(n)d report to judge", "%(n)d reports to judge", reports)),
        _some(unanswered, ngettext("%(n)d unanswered discussion", "%(n)d unanswered discussions", unanswered)),
        _some(late, ngettext("%(n)d task too late", "%(n)d tasks too late", late)),
        _some(ends, ngettext("%(n)d role ends soon", "%(n)d roles end soon", ends)),
    ]


def _some(number: int, words: str) -> str:
    return words % {"n": number} if number else ""


def _words(member, context, count) -> Words:
    return Words(_("This week in your groups"), "\n".join(week_lines(member)), reverse("desk"), _("To the desk"))


register_kind(
    NoticeKind(
        KIND,
        gettext_lazy("Weekly overview for managers"),
        "layout-list",
        _words,
        still_true=lambda member, context: bool(week_lines(member)),
        channels=frozenset({Channel.MAIL}),
        bulk=True,
        personal=True,
    )
)


@minute_registry
def queue_manager_weeks() -> int:
    """From Monday eight o'clock, once per week, to who manages a group today."""
    grants = SubgroupRoleGrant.objects.on().filter(role=SubgroupRole.MANAGER, membership__left_at__isnull=True)
    return queue_on_monday(KIND, Member.objects.filter(is_active=True, pk__in=grants.values("membership__member")))


def queue_on_monday(kind: str, members) -> int:
    """Queue the mail of this week for `members`, if it is time and was not done; one look at the outbox tells."""
    today = timezone.localtime()
    monday = today.date() - timedelta(days=today.weekday())
    fact = f"{kind}:{monday.isoformat()}"
    at = datetime.combine(monday, MONDAY_AT, today.tzinfo)
    if today < at or today > at + timedelta(days=2) or Delivery.objects.filter(dedupe=fact).exists():
        return 0
    ids = list(members.values_list("pk", flat=True))
    return queue_many(member_ids=ids, kind=kind, key=kind, context={}, dedupe=fact)
