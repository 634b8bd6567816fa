"""Who sees which reports, acts and guidelines."""

from django.db.models import Q

from groups.moderation.models import Act, Flag, Report
from groups.people.access import may_for_association
from groups.people.models import kept_from
from groups.subgroups.access import holds_right_somewhere, may, subgroups_with_right


def visible_reports(member):
    """Reports this member judges: of the groups they moderate, or all as moderator of the association.

    Nobody judges in their own case: what is about them, or came from them, goes to another one.
    """
    judged = Q(subgroup__in=subgroups_with_right(member, "moderate"))
    if may_for_association(member, "moderate"):
        judged = Q()
    found = Report.objects.filter(judged).exclude(Q(about=member) | Q(message__author=member) | Q(reporter=member))
    return found.exclude(kept_from(member, "message__conversation__")).exclude(kept_from(member, "subgroup__"))


def open_flags(member):
    """Unusual rises that nobody has looked at yet, in what this member moderates; never about themselves."""
    judged = Q(subgroup__in=subgroups_with_right(member, "moderate"))
    if may_for_association(member, "moderate"):
        judged = Q()
    found = Flag.objects.filter(judged, seen_at__isnull=True).exclude(author=member)
    return found.select_related("author", "subgroup", "message").order_by("at")


def open_reports(member):
    return visible_reports(member).filter(closed_at__isnull=True)


def own_acts(member):
    """What moderators did that concerns this member."""
    return Act.objects.filter(member=member)


def may_judge(member) -> bool:
    return may_for_association(member, "moderate") or holds_right_somewhere(member, "moderate")


def may_write_guidelines(member, subgroup=None) -> bool:
    if may_for_association(member, "moderate"):
        return True
    return subgroup is not None and may(member, "manage_settings", subgroup)
