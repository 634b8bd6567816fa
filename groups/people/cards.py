"""What waits for whoever keeps the register, on home and in the list of tasks."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.people.access import answers_to_approve, open_applications
from notifications.cards import Card, card_registry


@card_registry
def answers_to_look_at(member) -> list[Card]:
    count = answers_to_approve(member).count()
    words = ngettext("%(count)s answer waits", "%(count)s answers wait", count) % {"count": count}
    card = Card(
        key="profile-answers",
        title=_("Profiles"),
        detail=words,
        path=reverse("approvals"),
        button=_("Look"),
        icon="user",
        for_desk=True,
    )
    return [card] if count else []


@card_registry
def applications_to_decide(member) -> list[Card]:
    return [
        Card(
            key=f"application:{application.pk}",
            title=application.display_name,
            detail=_("Wants to become a member"),
            path=reverse("application", args=[application.pk]),
            button=_("Look"),
            icon="user-plus",
            for_desk=True,
        )
        for application in open_applications(member)[:5]
    ]
