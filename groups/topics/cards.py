"""Overdue questions wait for whoever answers them; they stand on the desk until somebody does."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.topics.inbox import overdue
from notifications.cards import Card, card_registry


@card_registry.desk
def overdue_questions(member) -> list[Card]:
    number = overdue(member).count()
    if not number:
        return []
    words = ngettext("%(count)d question is overdue", "%(count)d questions are overdue", number) % {"count": number}
    return [
        Card(
            key="questions:overdue",
            title=_("Questions"),
            detail=words,
            path=reverse("questions"),
            button=_("Look"),
            icon="circle-help",
            for_desk=True,
        )
    ]
