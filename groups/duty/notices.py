"""What members hear of turns: that they have one, that one is asked of them, and what was answered."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.duty.access import handovers_to, visible_turns
from groups.subgroups.access import entered_subgroups
from notifications.kinds import GONE, NoticeKind, Words, register_kind, row_of, rows_by
from theme.templatetags.theme import clock, day

_turns = rows_by("turn", lambda member: visible_turns(member).select_related("subgroup", "member"))


def _hours(turn) -> str:
    starts_at, ends_at = timezone.localtime(turn.starts_at), timezone.localtime(turn.ends_at)
    return f"{day(starts_at)} {clock(starts_at)} – {day(ends_at)} {clock(ends_at)}"


def _words(title):
    def words(member, context, count) -> Words:
        turn = row_of(_turns, member, context)
        if turn is None:
            return GONE.words(member, context, count)
        path = reverse("duty", args=[turn.subgroup.slug])
        return Words(f"{turn.subgroup.name}: {title()}", _hours(turn), path, _("Look"))

    return words


def _cancelled(member, context, count) -> Words:
    group = entered_subgroups(member).filter(pk=context.get("subgroup")).first()
    if group is None:
        return GONE.words(member, context, count)
    starts_at = timezone.localtime(datetime.fromisoformat(context["starts_at"]))
    off = _("your turn of duty is off")
    return Words(
        f"{group.name}: {off}", f"{day(starts_at)} {clock(starts_at)}", reverse("duty", args=[group.slug]), _("Look")
    )


def _still_asked(member, context) -> bool:
    return handovers_to(member).filter(turn=context.get("turn")).exists()


def _is_there(member, context) -> bool:
    return visible_turns(member).filter(pk=context.get("turn")).exists()


def _kind(code, label, title, still=_is_there) -> None:
    register_kind(NoticeKind(code, label, "shield-check", _words(title), still, personal=True, rows=_turns))


_kind("duty.planned", gettext_lazy("You are on duty"), lambda: _("you are on duty"))
_kind("duty.asked", gettext_lazy("You are asked to be on duty"), lambda: _("a turn is asked of you"), _still_asked)
_kind("duty.accepted", gettext_lazy("Your turn was taken over"), lambda: _("your turn was taken over"))
_kind("duty.declined", gettext_lazy("Your turn stays yours"), lambda: _("your turn stays yours"))
register_kind(NoticeKind("duty.cancelled", gettext_lazy("Your turn is off"), "shield-check", _cancelled, personal=True))
