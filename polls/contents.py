"""Polls, when their group is emptied or deleted: what nobody could vote on yet goes, the rest is a record."""

from django.utils.translation import gettext_lazy as _

from groups.subgroups.contents import Contents, refusal_registry, register_contents
from polls.models import Poll

NOT_OPENED = (Poll.State.DRAFT, Poll.State.PLANNED)


def polls_of(subgroup):
    return Poll.objects.filter(subgroup=subgroup)


register_contents(
    Contents(
        "drafts-of-polls",
        _("Polls that have not opened"),
        lambda subgroup: polls_of(subgroup).filter(state__in=NOT_OPENED),
        order=40,
    )
)
register_contents(
    Contents(
        "polls",
        _("Polls that were held, with what was decided"),
        lambda subgroup: polls_of(subgroup).exclude(state__in=NOT_OPENED),
        stays_because=_("What members decided is kept as it was; who chose what is wiped after its own term."),
        order=71,
    )
)


@refusal_registry
def a_poll_is_open(subgroup):
    if polls_of(subgroup).filter(state=Poll.State.OPEN).exists():
        return _("A poll is still open. Let it end first: nobody loses a vote.")
    return None
