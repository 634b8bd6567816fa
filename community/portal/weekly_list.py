"""The community manager's list of the week: at most seven lines, each done with one tap, the weightiest first.

What has to be judged stands above it, as cards. Every line is asked from state. A tap asks the managers of the group
to look after it, by a task that they accept; or puts the line off until next Monday.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from community.portal.desk import quiet_subgroups
from community.portal.errors import NobodyToAsk, NotOnTheList
from community.portal.models import WeekAnswer
from groups.conversations.models import Conversation
from groups.people.models import Member, kept_from_somebody
from groups.subgroups.access import managed_subgroups
from groups.subgroups.models import JoinRequest, Subgroup, SubgroupRole, SubgroupRoleGrant
from groups.todos.services import make_task
from theme.templatetags.theme import day

AT_MOST = 7
WAITED, ENDS_WITHIN, A_YEAR = timedelta(days=3), timedelta(days=21), timedelta(days=365)
TO_BE_DONE_IN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekItem:
    """One line. With `task` a tap asks the managers of `subgroup` to do it; without, `path` leads to the act."""

    key: str
    title: str
    detail: str
    path: str
    icon: str
    subgroup: Subgroup | None = None
    task: str = ""

    @property
    def can_be_asked(self) -> bool:
        return bool(self.task)


def this_monday() -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def week_list(member) -> list[WeekItem]:
    """What deserves this community manager's attention this week; what was answered is gone."""
    answered = set(WeekAnswer.objects.filter(week=this_monday()).values_list("item", flat=True))
    groups = managed_subgroups(member)
    found = [
        *_without_manager(groups), *_waiting_requests(groups), *_ending_roles(groups),
        *_unanswered(groups), *_quiet(member), *_old_descriptions(groups),
    ]  # fmt: skip
    return [item for item in found if item.key not in answered][:AT_MOST]


def _managers():
    grants = SubgroupRoleGrant.objects.on().filter(role=SubgroupRole.MANAGER, membership__left_at__isnull=True)
    return grants.filter(membership__member__is_active=True)


def _without_manager(groups):
    held = _managers().filter(membership__subgroup=OuterRef("pk"))
    return [
        WeekItem(
            f"no-manager:{group.pk}",
            group.name,
            _("This group has no manager"),
            reverse("desk-members", args=[group.slug]),
            "user",
        )
        for group in groups.filter(~Exists(held)).order_by("pk")
    ]


def _waiting_requests(groups):
    waiting = JoinRequest.objects.filter(decided_at__isnull=True, created_at__lt=timezone.now() - WAITED)
    counts = waiting.filter(subgroup__in=groups).values("subgroup").annotate(n=Count("pk"), since=Min("created_at"))
    by_group = {row["subgroup"]: row["n"] for row in counts.order_by("since")}
    named = groups.in_bulk(by_group)
    for pk, number in by_group.items():
        words = ngettext(
            "%(n)d request waits longer than three days", "%(n)d requests wait longer than three days", number
        )
        path = reverse("desk-requests", args=[named[pk].slug])
        yield _of_group(
            named[pk], "requests", words % {"n": number}, path, "user-plus", _("Decide on who wants to join")
        )


def _ending_roles(groups):
    until = timezone.localdate() + ENDS_WITHIN
    ending = SubgroupRoleGrant.objects.on().filter(membership__left_at__isnull=True, ends_on__lte=until)
    for grant in (
        ending.filter(membership__subgroup__in=groups).select_related("membership__subgroup").order_by("ends_on")
    ):
        group = grant.membership.subgroup
        words = _("%(role)s: the term ends on %(day)s") % {
            "role": grant.get_role_display().capitalize(),
            "day": day(grant.ends_on),
        }
        path = reverse("desk-members", args=[group.slug])
        yield _of_group(
            group,
            f"role-{grant.pk}",
            words,
            path,
            "badge-check",
            _("Arrange who comes next: %(what)s") % {"what": words},
        )


def _unanswered(groups):
    now = timezone.now()
    alone = Conversation.objects.filter(subgroup__in=groups, kind=Conversation.Kind.THREAD, last_number=1)
    alone = alone.exclude(kept_from_somebody()).filter(started_at__lt=now - WAITED, started_at__gt=now - 7 * WAITED)
    for thread in alone.select_related("subgroup").order_by("started_at")[:AT_MOST]:
        words = _("Nobody answered “%(title)s” yet") % {"title": thread.title}
        yield _of_group(
            thread.subgroup, f"thread-{thread.pk}", words, thread.get_absolute_url(), "messages-square", words
        )


def _quiet(member):
    for group in quiet_subgroups(member):
        words = _("Nobody wrote here for a month")
        yield _of_group(
            group,
            "quiet",
            words,
            group.get_absolute_url(),
            "coffee",
            _("Is this group still needed? Nobody wrote for a month."),
        )


def _old_descriptions(groups):
    for group in groups.filter(described_at__lt=timezone.now() - A_YEAR).order_by("described_at")[:AT_MOST]:
        path = reverse("desk-settings", args=[group.slug])
        yield _of_group(
            group,
            "described",
            _("The description is older than a year"),
            path,
            "pencil",
            _("Check the description of the group"),
        )


def _of_group(group, code: str, detail: str, path: str, icon: str, task: str) -> WeekItem:
    return WeekItem(f"{code}:{group.pk}", group.name, detail, path, icon, group, task)


@transaction.atomic
def ask_managers(*, key: str, by: Member) -> None:
    """One tap: a task of the group that its first manager is asked to take. Raises NotOnTheList, NobodyToAsk."""
    item = _listed(key, by)
    if not item.can_be_asked:
        raise NotOnTheList
    manager = (
        Member.objects.filter(
            pk__in=_managers().filter(membership__subgroup=item.subgroup).values("membership__member")
        )
        .exclude(pk=by.pk)
        .order_by("pk")
        .first()
    )
    if manager is None:
        raise NobodyToAsk
    with override(manager.language or "nl"):
        task = _listed(key, by).task
        make_task(
            by=by, title=task[:150], subgroup=item.subgroup, assignee=manager, due_at=timezone.now() + TO_BE_DONE_IN
        )
    _answer(key, by, WeekAnswer.Act.ASKED)


@transaction.atomic
def put_off(*, key: str, by: Member) -> None:
    """One tap: not this week. Raises NotOnTheList."""
    _answer(_listed(key, by).key, by, WeekAnswer.Act.LATER)


def _listed(key: str, by: Member) -> WeekItem:
    for item in week_list(by):
        if item.key == key:
            return item
    raise NotOnTheList


def _answer(key: str, by: Member, act: str) -> None:
    """Another manager may have tapped at the same moment: then theirs counts and nothing happens twice."""
    try:
        with transaction.atomic():
            WeekAnswer.objects.create(week=this_monday(), item=key, act=act, by=by)
    except IntegrityError:
        raise NotOnTheList from None
