"""Ways to the roster: the menu of a group, and cards for who is on duty or is asked to be."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.duty.access import handovers_to, may_plan, own_turns, turns_ahead
from groups.duty.queries import turn_now
from groups.people.answer_clock import charge_registry
from groups.subgroups.access import is_member
from groups.subgroups.pages import HeadLink, frame_question_registry, head_link_registry
from notifications.cards import Card, card_registry
from theme.kept import now
from theme.templatetags.theme import clock, day
from theme.together import together


@frame_question_registry
def is_there_a_roster(questions, member, subgroup) -> None:
    questions.any("has duty", turns_ahead(member).filter(subgroup=subgroup).order_by())


@head_link_registry
def roster(request, subgroup) -> HeadLink | None:
    """For members where somebody is on duty, and for who can begin with it."""
    if not is_member(request.user, subgroup):
        return None
    if not (together(request)["has duty"] or may_plan(request.user, subgroup)):
        return None
    return HeadLink(_("On duty"), "shield-check", reverse("duty", args=[subgroup.slug]), 40)


@charge_registry
def who_is_on_duty(subgroup):
    turn = turn_now(subgroup)
    return turn.member if turn else None


def _running(member):
    return own_turns(member).filter(starts_at__lte=now())


@card_registry.when(_running)
def on_duty_now(member) -> list[Card]:
    return [
        Card(
            key=f"duty-now:{turn.pk}",
            title=turn.subgroup.name,
            detail=_("You are on duty until %(moment)s") % {"moment": f"{day(turn.ends_at)} {clock(turn.ends_at)}"},
            path=reverse("duty", args=[turn.subgroup.slug]),
            button=_("Look"),
            icon="shield-check",
            hue=turn.subgroup.tint,
            due_at=turn.ends_at,
        )
        for turn in _running(member)
    ]


@card_registry.when(handovers_to)
def asked_to_take_over(member) -> list[Card]:
    return [
        Card(
            key=f"duty-asked:{asked.pk}",
            title=asked.turn.subgroup.name,
            detail=_("%(name)s asks you to take over a turn") % {"name": asked.giver.display_name},
            path=reverse("duty", args=[asked.turn.subgroup.slug]),
            button=_("Answer"),
            icon="shield-check",
            hue=asked.turn.subgroup.tint,
            due_at=asked.turn.starts_at,
        )
        for asked in handovers_to(member)
    ]
