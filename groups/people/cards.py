"""What waits for whoever keeps the register, on home and in the list of tasks."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.people.access import answers_to_approve
from notifications.cards import Card, card_registry


@card_registry.when(answers_to_approve, for_desk=True)
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
