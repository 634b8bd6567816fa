"""The entries of polls in the navigation."""

from django.utils.translation import gettext_lazy as _

from polls.access import polls_to_vote
from theme.kept import Asked
from theme.navigation import Entry, register_entry


def to_vote_count(request):
    return Asked(polls_to_vote, request.user)


def register() -> None:
    register_entry(Entry("polls", _("Polls"), "polls", "vote", ("sidebar", "more"), order=40, badge=to_vote_count))
    register_entry(Entry("meetings", _("Meetings"), "meetings", "landmark", ("more", "groups"), order=60))
