"""Ways to the counter, and the card of what waits there for an answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from groups.counter.access import overdue_requests, requests_to_answer
from groups.people.access import belongs
from notifications.cards import Card, card_registry
from theme.navigation import Entry, register_entry

register_entry(
    Entry("counter", gettext_lazy("Counter"), "counter", "inbox", ("more",), 58, shown=lambda r: belongs(r.user))
)


@card_registry.when(requests_to_answer, for_desk=True)
def requests_card(member) -> list[Card]:
    count = requests_to_answer(member).count()
    if not count:
        return []
    detail = ngettext("%(n)d request waits for an answer", "%(n)d requests wait for an answer", count) % {"n": count}
    path = reverse("counter-desk")
    return [
        Card("counter", str(gettext_lazy("Counter")), detail, path, str(gettext_lazy("Look")), "inbox", for_desk=True)
    ]


@card_registry.when(overdue_requests, for_desk=True)
def late_card(member) -> list[Card]:
    """What nobody answered in time stays on the desk of everybody who could, until it is answered."""
    count = overdue_requests(member).count()
    if not count:
        return []
    detail = ngettext("%(n)d request is overdue", "%(n)d requests are overdue", count) % {"n": count}
    return [
        Card(
            "counter:late",
            str(gettext_lazy("Counter")),
            detail,
            reverse("counter-desk"),
            str(gettext_lazy("Look")),
            "triangle-alert",
            hue="rose",
            for_desk=True,
        )
    ]
