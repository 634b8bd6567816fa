"""Ways to the agenda: bottom bar, tab of a group, side card, and cards of what asks an answer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.events.queries import next_events_of, swaps_to_answer, to_answer
from groups.people.models import kept_from
from groups.subgroups.modules import Tab, tab_registry
from groups.subgroups.pages import SideCard, frame_question_registry, side_card_registry
from notifications.cards import Card, card_registry
from theme.kept import Asked, kept_rows
from theme.navigation import Entry, register_entry
from theme.templatetags.theme import day
from theme.together import together

WHAT_AND_WHEN = ("title", "starts_at", "ends_at", "is_all_day", "going")

register_entry(Entry("agenda", gettext_lazy("Agenda"), "agenda", "calendar-days", ("bar", "sidebar"), order=50))


@tab_registry
def agenda_tab() -> Tab:
    return Tab(module="agenda", label=_("Agenda"), icon="calendar-days", url_name="subgroup-agenda", position=50)


def next_events_here(member, subgroup):
    return next_events_of(subgroup).exclude(kept_from(member))


@frame_question_registry
def what_comes(questions, member, subgroup) -> None:
    if subgroup.has_module("agenda"):
        questions.first("next event", Asked(next_events_here, member, subgroup), *WHAT_AND_WHEN, limit=1)


@side_card_registry
def next_card(request, subgroup):
    questions = together(request)
    if "next event" not in questions or not questions["next event"]:
        return None
    return SideCard("events/side_card.html", 20, {"event": questions["next event"][0]})


@card_registry.when(swaps_to_answer)
def swap_cards(member) -> list[Card]:
    return [
        Card(
            key=f"swap:{swap.pk}",
            title=swap.place.shift.event.title,
            detail=_("%(name)s asks you to take over: %(shift)s")
            % {"name": swap.place.member.display_name, "shift": swap.place.shift.title},
            path=swap.place.shift.event.get_absolute_url(),
            button=_("Answer"),
            icon="refresh-cw",
            hue="amber",
            due_at=swap.place.shift.starts_at,
        )
        for swap in kept_rows(swaps_to_answer, member)
    ]


@card_registry
def answer_cards(member) -> list[Card]:
    return [
        Card(
            key=event.key,
            title=event.title,
            detail=_("Are you coming? Answer before %(day)s") % {"day": day(event.answer_by)},
            path=event.get_absolute_url(),
            button=_("Answer"),
            icon="calendar-days",
            hue="teal",
            due_at=event.answer_by,
        )
        for event in kept_rows(to_answer, member)
    ]
