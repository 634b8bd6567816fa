"""The list of the week by mail, on Monday at eight, to the community managers; nothing on it: no mail."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.portal.manager_digest import queue_on_monday
from community.portal.weekly_list import week_list
from groups.people.access import may_for_association, members_with_right
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import Channel
from notifications.tasks import minute_registry

KIND = "house.week"


def _words(member, context, count) -> Words:
    lines = [f"{item.title}: {item.detail}" for item in week_list(member)]
    return Words(_("The list for this week"), "\n".join(lines), reverse("this-week"), _("To the list"))


def _has_lines(member, context) -> bool:
    return may_for_association(member, "manage_subgroups") and bool(week_list(member))


register_kind(
    NoticeKind(
        KIND,
        gettext_lazy("Weekly list for the community manager"),
        "layout-list",
        _words,
        still_true=_has_lines,
        channels=frozenset({Channel.MAIL}),
        bulk=True,
        personal=True,
    )
)


@minute_registry
def queue_house_weeks() -> int:
    return queue_on_monday(KIND, members_with_right("manage_subgroups"))
