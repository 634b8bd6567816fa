"""Ways to the announcements, and the cards that ask to confirm one."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.pages.access import (
    approvals_to_decide,
    may_announce,
    may_approve,
    may_edit_pages,
    sees_acknowledgements,
    writable_announcements,
)
from community.pages.library import pages_to_review, proposals_to_decide
from community.pages.models import Urgency
from community.pages.queries import (
    announcements_for_group,
    announcements_to_confirm,
    group_news,
    news_for_group,
    unread_announcements,
)
from groups.subgroups.pages import SideCard, frame_question_registry, front_card_registry, side_card_registry
from notifications.cards import Card, card_registry
from theme.kept import Asked
from theme.navigation import Entry, register_entry
from theme.templatetags.theme import day
from theme.together import together

NEWS_SHOWN = 3

register_entry(
    Entry(
        "announcements",
        gettext_lazy("Announcements"),
        "announcements",
        "megaphone",
        ("sidebar", "more"),
        order=20,
        badge=lambda request: Asked(unread_announcements, request.user),
    )
)
register_entry(
    Entry(
        "announcement-desk",
        gettext_lazy("Write announcements"),
        "announcement-desk",
        "megaphone",
        ("desk", "more"),
        order=20,
        shown=lambda request: may_announce(request.user),
    )
)


register_entry(
    Entry(
        "content-calendar",
        gettext_lazy("Content calendar"),
        "content-calendar",
        "calendar-days",
        ("desk", "more"),
        order=21,
        shown=lambda request: may_announce(request.user),
    )
)


register_entry(
    Entry(
        "acknowledgements",
        gettext_lazy("Who confirmed"),
        "acknowledgements",
        "badge-check",
        ("desk", "more"),
        order=22,
        shown=lambda request: sees_acknowledgements(request.user),
    )
)
register_entry(
    Entry(
        "stale-pages",
        gettext_lazy("Old pages"),
        "stale-pages",
        "history",
        ("desk", "more"),
        order=91,
        shown=lambda request: may_edit_pages(request.user),
    )
)


register_entry(
    Entry(
        "editorial-rules",
        gettext_lazy("Look at announcements first"),
        "editorial-rules",
        "eye",
        ("desk", "more"),
        order=92,
        shown=lambda request: may_approve(request.user),
    )
)


@frame_question_registry
def news_here(questions, member, subgroup) -> None:
    announcements, news = Asked(announcements_for_group, member, subgroup), Asked(news_for_group, member, subgroup)
    columns = ("title", "first_published_at")
    questions.first("announcements here", announcements, *columns, "is_pinned", limit=NEWS_SHOWN)
    questions.first("news here", news, *columns, "url_path", limit=NEWS_SHOWN)


@side_card_registry
def group_news_card(request, subgroup):
    questions = together(request)
    rows = group_news(questions["announcements here"], questions["news here"], NEWS_SHOWN)
    return SideCard("pages/group_news.html", 10, {"rows": rows}) if rows else None


@front_card_registry
def news_of_a_branch(request, subgroup):
    card = group_news_card(request, subgroup)
    return SideCard(card.template, 10, {**card.values, "is_front": True}) if card else None


register_entry(Entry("library", gettext_lazy("Knowledge base"), "library", "book-open", ("sidebar", "more"), order=45))


@card_registry.when(approvals_to_decide, for_desk=True)
def approval_cards(member) -> list[Card]:
    return [
        Card(
            key=f"approval:{approval.pk}",
            title=approval.announcement.draft_title,
            detail=_("An announcement waits for your approval"),
            path=reverse("announcement-report", args=[approval.announcement_id]),
            button=_("Judge"),
            icon="megaphone",
            hue="violet",
            due_at=approval.at,
            for_desk=True,
        )
        for approval in approvals_to_decide(member).select_related("announcement")
    ]


@card_registry.when(pages_to_review)
def review_cards(member) -> list[Card]:
    return [
        Card(
            key=f"review:{page.pk}",
            title=page.title,
            detail=_("Is this page still right?"),
            path=reverse("library-page", args=[page.pk]),
            button=_("Look"),
            icon="book-open",
            hue="slate",
            due_at=end_of(page.review_on),
        )
        for page in pages_to_review(member)
    ]


@card_registry.when(proposals_to_decide)
def proposal_cards(member) -> list[Card]:
    return [
        Card(
            key=f"proposal:{proposal.pk}",
            title=proposal.page.title,
            detail=_("%(name)s proposes a change") % {"name": proposal.by.display_name if proposal.by else ""},
            path=reverse("proposal", args=[proposal.page_id, proposal.pk]),
            button=_("Judge"),
            icon="pencil",
            hue="slate",
        )
        for proposal in proposals_to_decide(member)
    ]


@card_registry.when(announcements_to_confirm)
def confirm_cards(member) -> list[Card]:
    return [
        Card(
            key=announcement.key,
            title=announcement.title,
            detail=_("Confirm before %(day)s") % {"day": day(announcement.acknowledge_by)},
            path=announcement.get_absolute_url(),
            button=_("Read"),
            icon="megaphone",
            hue="blue",
            due_at=end_of(announcement.acknowledge_by),
        )
        for announcement in announcements_to_confirm(member)
    ]


def _called_urgent(member):
    """Announcements that somebody else called urgent and this member may agree to."""
    waiting = Urgency.objects.filter(confirmed_at__isnull=True, announcement__live=False).exclude(asked_by=member)
    return waiting.filter(announcement__in=writable_announcements(member))


@card_registry.when(_called_urgent)
def urgent_cards(member) -> list[Card]:
    return [
        Card(
            key=f"urgency:{urgency.pk}",
            title=urgency.announcement.title,
            detail=_("%(name)s asks whether this is urgent") % {"name": urgency.asked_by.first_name},
            path=reverse("announcement-report", args=[urgency.announcement_id]),
            button=_("Decide"),
            icon="megaphone",
            hue="rose",
            due_at=urgency.asked_at,
            is_primary=True,
        )
        for urgency in _called_urgent(member).select_related("announcement", "asked_by")
    ]


def end_of(date) -> datetime:
    """A deadline is the end of that day in Amsterdam."""
    return timezone.make_aware(datetime.combine(date, time.max))
